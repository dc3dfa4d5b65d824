import { after, earliest, isBefore } from '@slipway/canonical';
import { sameTarget } from './change-state.ts';
import { type DecisionRule, forNormal, no, ofChange, ofReleases, unknown, yes } from './decision-rule.ts';
import { inForce } from './rules.ts';

export const changeAuthorized: DecisionRule = {
  rule: 'change-authorized',
  version: '1',
  strictness: forNormal,
  judge: ofChange(({ status, envelope }) =>
    envelope && (status === 'scheduled' || status === 'implement')
      ? yes(`The change is authorized and in ${status}.`)
      : no(`The change is in ${status}.`),
  ),
};

export const changeNotOnHold: DecisionRule = {
  rule: 'change-not-on-hold',
  version: '1',
  strictness: forNormal,
  judge: ofChange(({ onHold }) =>
    onHold === false ? yes('The change is not on hold.') : no('The change is on hold.'),
  ),
};

export const releaseNotHeld: DecisionRule = {
  rule: 'release-not-held',
  version: '1',
  strictness: forNormal,
  judge: ofReleases(releases =>
    releases.every(({ held }) => held === false)
      ? yes('No release of the change is held.')
      : no('The release is held.'),
  ),
};

export const releaseReady: DecisionRule = {
  rule: 'release-ready',
  version: '1',
  strictness: forNormal,
  judge: ofReleases(releases =>
    releases.every(({ go }) => go === true)
      ? yes('Go was given for every release of the change.')
      : no('Nobody gave the go for the release.'),
  ),
};

export const digestsWithinContent: DecisionRule = {
  rule: 'digests-within-content',
  version: '1',
  strictness: { production: 'required', elsewhere: 'recorded' },
  judge: ofChange(({ artifacts }, { question }) => {
    if (!artifacts) return unknown('The content of the change is not known.');
    const authorized = artifacts.filter(({ serviceId }) => serviceId === question.target.serviceId);
    if (question.digests.length === 0 && artifacts.length > 0)
      return no('It does not say which artifacts it will run.');
    return question.digests.every(digest => authorized.some(artifact => artifact.digest === digest))
      ? yes(`${question.digests.length} of the ${artifacts.length} authorized artifacts.`)
      : no('It would run an artifact that is not in the content of the change for this service.');
  }),
};

export const contentUnchanged: DecisionRule = {
  rule: 'content-unchanged',
  version: '1',
  strictness: forNormal,
  judge: ofReleases((releases, { envelope, contentDigest }) => {
    if (!envelope) return no('No content is authorized.');
    return contentDigest === envelope.contentDigest &&
      releases.every(each => each.contentDigest === envelope.contentDigest)
      ? yes('The content is the one that was authorized.')
      : no('The content changed since it was authorized.');
  }),
};

export const targetWithinEnvelope: DecisionRule = {
  rule: 'target-within-envelope',
  version: '1',
  strictness: forNormal,
  judge: ofChange(({ envelope }, { question }) =>
    envelope?.targets?.some(target => sameTarget(target, question.target))
      ? yes('The target is among the authorized ones.')
      : no('The target is not among the authorized ones.'),
  ),
};

export const insideWindow: DecisionRule = {
  rule: 'inside-window',
  version: '2',
  strictness: forNormal,
  judge: ofChange(({ window, status, plannedMinutes, backoutMinutes }, { at }) => {
    if (!window?.start || !window.end) return unknown('The window is not known.');
    if (plannedMinutes === undefined) return unknown('How long it is planned to take is not known.');
    if (typeof backoutMinutes !== 'number')
      return unknown('Nobody said how long backing out takes, so its end cannot be checked.');
    // The plan is for all of it: what follows the first start lies within.
    const ahead = status === 'implement' ? 0 : (plannedMinutes ?? 0);
    const lastStart = after(window.end, { minutes: -(ahead + backoutMinutes) });
    const said = `The window is ${window.start} to ${window.end}; ${ahead} minutes planned for it from here, ${backoutMinutes} for backing out.`;
    if (!isBefore(window.start, lastStart)) return no(`${said} It is too short.`);
    if (isBefore(at, window.start)) return no(`${said} It has not begun.`, window.start);
    return isBefore(at, lastStart) ? yes(said, lastStart) : no(`${said} Starting now would end after it.`);
  }),
};

export const approvalGrantsHeld: DecisionRule = {
  rule: 'approval-grants-still-held',
  version: '1',
  strictness: forNormal,
  judge: ofChange(({ approvals }, { at }) => {
    if (!approvals) return unknown('Who approved is not known.');
    const relies = approvals.map(({ roleGrantId }) => roleGrantId);
    if (!approvals.every(({ roleGrant }) => roleGrant && inForce(roleGrant, at)))
      return { ...no('A role grant that an approval relies on is no longer in force.'), relies };
    const [first, ...others] = approvals.flatMap(({ roleGrant }) => (roleGrant?.to ? [roleGrant.to] : []));
    const closesAt = first === undefined ? undefined : earliest(first, ...others);
    return { ...yes(`All ${relies.length} role grants that the approvals rely on are in force.`, closesAt), relies };
  }),
};
