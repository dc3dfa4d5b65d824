import { isBefore, latest } from '@slipway/canonical';
import { always, type DecisionRule, no, unknown, yes } from './decision-rule.ts';
import { covers, grantFor, inForce, isOneOf } from './rules.ts';

export const deployerResolvable: DecisionRule = {
  rule: 'deployer-resolvable',
  version: '1',
  strictness: always,
  judge: ({ deployer }) =>
    deployer?.kind
      ? yes(`The deployer is a registered ${deployer.kind}.`)
      : no('The deployer is nobody that the catalog knows.'),
};

export const deployerPermitted: DecisionRule = {
  rule: 'deployer-permitted',
  version: '1',
  strictness: always,
  judge: ({ deployer, question, at }) => {
    if (!deployer?.roleGrants) return no('The deployer holds no role that is known.');
    const grant = grantFor(deployer, 'deployer', [question.target], at);
    if (grant)
      return { ...yes('The deployer holds the role for this service and environment.', grant.to), relies: [grant.id] };
    const opens = deployer.roleGrants
      .filter(
        each => each.role === 'deployer' && covers(each, [question.target]) && inForce(each, latest(at, each.from)),
      )
      .map(each => each.from);
    const [first] = opens.sort((one, other) => (isBefore(one, other) ? -1 : 1));
    return no('The deployer does not hold the role for this service and environment now.', first);
  },
};

export const deployerSeparate: DecisionRule = {
  rule: 'deployer-separate',
  version: '1',
  strictness: { production: 'required', rollback: 'required', redeploy: 'required', elsewhere: 'recorded' },
  judge: ({ deployer, authors, change, question }) => {
    if (deployer?.kind === undefined || !deployer.aliases)
      return no('Whether the deployer is separate cannot be told.');
    const approvers = question.kind === 'rollback' || question.kind === 'redeploy' ? [] : change?.approvers;
    if (approvers && isOneOf(deployer, approvers)) return no('The deployer approved this change.');
    if (deployer.kind === 'service-account')
      return approvers ? yes('A service account may act for an author.') : unknown('Who approved is not known.');
    if (!authors || !approvers) return unknown('Who wrote or approved this content is not known.');
    return isOneOf(deployer, authors)
      ? no('The deployer wrote a commit in it.')
      : yes('The deployer neither wrote nor approved it.');
  },
};
