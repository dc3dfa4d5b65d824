/** A page taken apart as strictly as XML: what is not a tag, an attribute in quotes, or text without `<`, throws. */
export type Element = Readonly<{
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** Of it and of all within. */
  text: string;
  within: readonly string[];
}>;

const VOID = ['meta', 'br'];
const TOKEN = /<(\/?)([a-zA-Z][\w]*)((?:\s+[\w:-]+(?:="[^"<>]*")?)*)\s*(\/?)>|<!doctype html>|([^<]+)|([^])/g;
const ATTRIBUTE = /([\w:-]+)(?:="([^"]*)")?/g;

type Open = { name: string; attributes: Record<string, string>; text: string };

export const elementsOf = (page: string): readonly Element[] => {
  const closed: Element[] = [];
  const open: Open[] = [];
  for (const [token, slash, name, attributes = '', isEmpty, text, wrong] of page.matchAll(TOKEN)) {
    if (wrong !== undefined) throw new Error(`${wrong} is not as it must be`);
    if (text !== undefined) for (const each of open) each.text += text;
    if (name === undefined) continue;
    if (slash === '/') {
      const last = open.pop();
      if (last?.name !== name) throw new Error(`${token} closes ${last?.name}`);
      closed.push({ ...last, within: open.map(each => each.name) });
    } else {
      const element = { name, attributes: attributesIn(attributes), text: '' };
      if (isEmpty === '/' || VOID.includes(name)) closed.push({ ...element, within: open.map(each => each.name) });
      else open.push(element);
    }
  }
  if (open.length > 0) throw new Error(`${open.map(({ name }) => name).join(', ')} are not closed`);
  return closed;
};

const attributesIn = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, value]));
