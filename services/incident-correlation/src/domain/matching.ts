export type AlertLabels = Readonly<Record<string, string>>;

/** By which names and labels alerts speak of a service. */
export type Named = Readonly<{
  name: string;
  aliases: readonly string[];
  alertLabels: readonly AlertLabels[];
}>;

/** Whether an alert is about this service: by all labels of one of its entries, or by a label `service`. */
export const isAbout = (labels: AlertLabels, { name, aliases, alertLabels }: Named): boolean => {
  const said = labels['service'];
  if (said !== undefined && (said === name || aliases.includes(said))) return true;
  return alertLabels.some(entry => {
    const wanted = Object.entries(entry);
    return wanted.length > 0 && wanted.every(([label, text]) => labels[label] === text);
  });
};
