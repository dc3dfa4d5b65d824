-- Which role alone appends to a stream category.
CREATE TABLE store.categories (
  category text COLLATE "C" PRIMARY KEY CHECK (category ~ '^[a-z][A-Za-z]{0,49}$'),
  owner text NOT NULL
);
