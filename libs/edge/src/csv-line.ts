/** One line of RFC 4180. A cell that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection). */
export const csvLine = (cells: readonly unknown[]): string => `${cells.map(cell).join(',')}\r\n`;

const cell = (value: unknown): string => {
  const text = value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const harmless = typeof value !== 'number' && /^[\s\0]*[=+\-@\t\r\n|%]/.test(text) ? `'${text}` : text;
  return /[",\r\n;]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};
