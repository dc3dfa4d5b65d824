CREATE INDEX numbers_by_number ON store.numbers (number);
