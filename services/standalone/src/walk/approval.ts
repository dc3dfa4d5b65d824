import { type Cast, digestOf } from './cast.ts';
import type { Walker } from './walker.ts';

const REL2 = '/v1/releases/REL-2';
const CHG2 = '/v1/changes/CHG-2';

/** Looked at, rejected, answered, approved, changed, and approved again. */
export const approveTheChange = async (cast: Cast): Promise<void> => {
  await prepare(cast);
  await rejectAndAnswer(cast);
  await approveAndChange(cast);
  await approveAgain(cast);
  await holdAndResume(cast);
};

const prepare = async ({ rita, dana, quinn }: Cast): Promise<void> => {
  await rita.posts(
    'Rita plans how it is done',
    `${CHG2}/plan`,
    { kind: 'implementation', steps: 'Europe in the morning, America in the evening.', minutes: 90 },
    { plans: [{ kind: 'implementation', minutes: 90 }] },
  );
  await rita.posts(
    'and who watches the dashboards',
    `${CHG2}/add-task`,
    { title: 'Watch the dashboards', owner: 'ivy@shop.example', order: 1 },
    { tasks: [{ title: 'Watch the dashboards', state: 'Open' }] },
  );
  await rita.posts(
    'and who tells the call center',
    `${CHG2}/add-task`,
    { title: 'Tell the call center' },
    {
      tasks: [{}, { state: 'Open' }],
    },
  );
  await rita.posts(
    'The test report is linked with its digest',
    `${CHG2}/link-file`,
    { name: 'Test report', url: 'https://storage.example/report.pdf', digest: digestOf('report') },
    { files: [{ name: 'Test report' }] },
  );
  await rita.patches('The change is labeled', CHG2, { labels: ['autumn'] }, { labels: ['autumn'] });
  await quinn.posts(
    'Quinn asks about the load',
    `${CHG2}/comment`,
    { text: 'Was it tested with a full basket?' },
    {
      comments: [{ text: 'Was it tested with a full basket?' }],
    },
  );
  await dana.isRefused('Dana, who wrote it, does not approve it', 'not-permitted', `${CHG2}/approve`, await seen(dana));
};

/** What an approver has in front of him, and so what he approves. */
const seen = async (reader: Walker): Promise<{ contentDigest: string }> => {
  const { contentDigest } = await reader.sees('The content is read', CHG2, {});
  return { contentDigest };
};

const rejectAndAnswer = async ({ rita, quinn, omar, otto }: Cast): Promise<void> => {
  const content = await seen(omar);
  await quinn.sees('It is in the inbox of Quinn', '/v1/changes?awaiting=me', { items: [{ number: 'CHG-2' }] });
  await otto.sees('not in that of Otto, whose role does not reach payment', '/v1/changes?awaiting=me', { items: [] });
  await otto.isRefused('who approves nothing of it', 'outside-scope', `${CHG2}/approve`, content);
  await rita.isRefused('Rita, who asked for it, holds no role to approve', 'not-permitted', `${CHG2}/approve`, content);
  await omar.posts(
    'Omar rejects: nobody is at the call center',
    `${CHG2}/reject`,
    { ...content, comment: 'Who answers the phone tonight?' },
    { state: 'New', approvals: [{ state: 'Rejected', comment: 'Who answers the phone tonight?' }] },
  );
  await rita.posts('Rita answers', `${CHG2}/comment`, { text: 'Two people until midnight.' }, { comments: [{}, {}] });
  await rita.posts('and asks again', `${CHG2}/request-approvals`, {}, { state: 'Authorize' });
};

const approveAndChange = async ({ rita, quinn, omar }: Cast): Promise<void> => {
  const content = await seen(quinn);
  await quinn.posts(
    'Quinn approves what he saw',
    `${CHG2}/approve`,
    { ...content, comment: 'Fine.' },
    {
      state: 'Authorize',
      approvals: [{ state: 'Rejected' }, { state: 'Approved' }],
    },
  );
  await rita.posts(
    'Rita adds a fix that came late',
    `${REL2}/add-scope-item`,
    { key: 'SHOP-305', kind: 'fix', title: 'Prices with two decimals' },
    { scope: [{}, {}, {}, { key: 'SHOP-305' }] },
  );
  await rita.sees('so the approval is void, and asked for again', CHG2, {
    state: 'Authorize',
    approvals: [{ state: 'Rejected' }, { state: 'Void' }],
    slots: [{ count: 2 }],
  });
  await omar.isRefused('What Omar saw is not what is there now', 'content-changed', `${CHG2}/approve`, content);
};

const approveAgain = async ({ rita, quinn, omar }: Cast): Promise<void> => {
  const content = await seen(omar);
  await quinn.posts('Quinn approves the new content', `${CHG2}/approve`, content, { state: 'Authorize' });
  await omar.posts('Omar does, too: the change is authorized', `${CHG2}/approve`, content, {
    state: 'Scheduled',
    authorization: 'approved',
    envelope: content,
  });
  await rita.sees('and with it the release', REL2, { state: 'Authorized', changes: [{ standing: 'authorized' }] });
};

const holdAndResume = async ({ rita, pipeline }: Cast): Promise<void> => {
  await rita.posts('Rita holds the release', `${REL2}/hold`, { reason: 'A strike at the provider.' }, { held: true });
  await rita.isRefused('Nobody gives the go for what is on hold', 'release-held', `${REL2}/go`);
  await rita.posts('The strike is over', `${REL2}/resume`, {}, { held: false });
  await rita.posts(
    'Rita holds the change',
    `${CHG2}/hold`,
    { reason: 'The auditors are in the house.' },
    { onHold: true },
  );
  await pipeline.posts(
    'Asked what if, the answer is no, and why',
    '/v1/decisions/preview',
    { service: 'cart', environment: 'production-eu', release: 'REL-2' },
    {
      verdict: 'deny',
      rules: expect.arrayContaining([
        expect.objectContaining({ rule: 'change-not-on-hold', outcome: 'non-compliant' }),
      ]),
    },
  );
  await rita.posts('They have left', `${CHG2}/resume`, { reason: 'They have left.' }, { onHold: false });
};
