import { type Known, type KnownArtifact, matchRun } from './matching.ts';
import { repositoryOf, sameRepository } from './repository.ts';

const COMMIT = 'c'.repeat(40);
const artifact: KnownArtifact = {
  releaseId: 'release-1',
  serviceId: 'checkout',
  version: '2.4.0',
  digest: `sha256:${'a'.repeat(64)}`,
  repository: 'acme/shop',
  commits: [COMMIT],
  position: 10,
  targets: [{ serviceId: 'checkout', environmentId: 'eu', wave: 2 }],
  changeId: 'change-1',
};
const known: Known = {
  services: [
    { id: 'checkout', name: 'checkout', repositories: ['https://github.com/Acme/Shop.git'], aliases: [] },
    { id: 'search', name: 'search', repositories: ['acme/search'], aliases: ['acme/find'] },
  ],
  environments: [
    { id: 'eu', name: 'production-eu', aliases: ['production'], production: true },
    { id: 'staging', name: 'staging', aliases: ['test'], production: false },
    { id: 'test', name: 'test', aliases: ['shared'], production: false },
    { id: 'dev', name: 'dev', aliases: ['shared'], production: false },
  ],
  artifacts: [artifact],
};
const run = { repository: 'https://github.com/acme/shop', environmentAlias: 'Production', commit: COMMIT };

describe('a pipeline run', () => {
  it('is joined to service, environment, artifact, release and change', () => {
    expect(matchRun(run, known)).toEqual({
      matched: {
        target: { serviceId: 'checkout', environmentId: 'eu', wave: 2 },
        production: true,
        digests: [artifact.digest],
        version: '2.4.0',
        releaseId: 'release-1',
        changeId: 'change-1',
      },
    });
  });

  it('of an unknown commit has no digests', () => {
    expect(matchRun({ ...run, commit: 'd'.repeat(40) }, known)).toEqual({
      matched: { target: { serviceId: 'checkout', environmentId: 'eu', wave: 1 }, production: true, digests: [] },
    });
  });

  it('takes the artifact that was attached last', () => {
    const later = { ...artifact, releaseId: 'release-2', digest: `sha256:${'b'.repeat(64)}`, position: 20 };
    expect(matchRun(run, { ...known, artifacts: [later, artifact] })).toMatchObject({
      matched: { releaseId: 'release-2' },
    });
    expect(matchRun(run, { ...known, artifacts: [artifact, later] })).toMatchObject({
      matched: { releaseId: 'release-2' },
    });
  });

  it.each([
    ['service', { ...run, repository: 'acme/other' }],
    ['service', { ...run, repository: 'https://gitlab.example/acme/shop' }],
    ['environment', { ...run, environmentAlias: 'nowhere' }],
    ['environment', { ...run, environmentAlias: 'shared' }],
  ])('misses its %s: %j', (missing, other) => {
    expect(matchRun(other, known)).toEqual({ missing });
  });

  it('is found by an alias of the service, and by the name of an environment before an alias of another', () => {
    expect(matchRun({ ...run, repository: 'acme/find', environmentAlias: 'test' }, known)).toMatchObject({
      matched: { target: { serviceId: 'search', environmentId: 'test' } },
    });
  });

  it('of a repository with several services belongs to the one whose artifact has the commit', () => {
    const shared: Known = {
      ...known,
      services: known.services.map(each => ({ ...each, repositories: ['acme/shop'] })),
    };
    expect(matchRun(run, shared)).toMatchObject({ matched: { target: { serviceId: 'checkout' } } });
    expect(matchRun({ ...run, commit: 'd'.repeat(40) }, shared)).toEqual({ missing: 'service-ambiguous' });
  });

  it('that says what runs is joined by its digests, and one that names its service by that', () => {
    const named = { repository: 'checkout', environmentAlias: 'production', commit: '0'.repeat(40) };
    expect(matchRun({ ...named, digests: [artifact.digest] }, known)).toMatchObject({
      matched: { target: { serviceId: 'checkout', wave: 2 }, digests: [artifact.digest], releaseId: 'release-1' },
    });
    const other = `sha256:${'9'.repeat(64)}`;
    const found = matchRun({ ...named, digests: [other] }, known);
    expect(found).toMatchObject({ matched: { digests: [other] } });
    expect(found).not.toHaveProperty('matched.releaseId');
  });

  it('bound by a person goes where the person says', () => {
    const lost = { ...run, repository: 'acme/other', environmentAlias: 'nowhere' };
    expect(matchRun(lost, known, { serviceId: 'checkout', environmentId: 'staging' })).toMatchObject({
      matched: { target: { serviceId: 'checkout', environmentId: 'staging' }, production: false, digests: [] },
    });
    expect(matchRun(lost, known, { serviceId: 'nobody', environmentId: 'staging' })).toEqual({ missing: 'service' });
    expect(matchRun(lost, known, { serviceId: 'checkout', environmentId: 'nowhere' })).toEqual({
      missing: 'environment',
    });
  });
});

describe('a repository', () => {
  it.each([
    'Acme/Shop',
    'https://github.com/acme/shop',
    'https://user@github.com:443/acme/shop.git',
    'git@github.com:acme/shop.git',
    'ssh://git@github.com:22/acme/shop/',
  ])('is the same as %s', text =>
    expect(sameRepository(repositoryOf(text), repositoryOf('https://github.com/acme/shop'))).toBe(true),
  );

  it.each(['acme/shop2', 'https://gitlab.example/acme/shop', 'group/acme/shop', ''])('is not the same as %s', text =>
    expect(sameRepository(repositoryOf(text), repositoryOf('https://github.com/acme/shop'))).toBe(false),
  );
});
