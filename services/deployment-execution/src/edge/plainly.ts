/** Of a DTO, what was said: a plain object, as events hold it. */
export const plainly = <Dto extends object>(dto: Dto): Dto => JSON.parse(JSON.stringify(dto)) as Dto;
