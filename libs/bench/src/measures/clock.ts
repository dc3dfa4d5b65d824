/** Milliseconds of the machine's monotonic clock: the same in all its processes. */
export const machineMs = (): number => Number(process.hrtime.bigint()) / 1e6;
