import { derivedId } from '@slipway/canonical';

/** One change a release is raised by itself: its stream follows from the release. */
export const changeOfRelease = (releaseId: string): string =>
  `change-${derivedId('raise-change-when-release-scheduled', releaseId)}`;
