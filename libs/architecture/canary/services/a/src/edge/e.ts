import { DataSource } from 'typeorm';
export const e = DataSource;
