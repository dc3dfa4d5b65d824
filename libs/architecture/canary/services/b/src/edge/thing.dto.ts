export class ThingDto {}
