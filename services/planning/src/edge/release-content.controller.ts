import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { digestOf } from '@slipway/canonical';
import type { Artifact, PullRequest } from '@slipway/contracts';
import { type Answer, Answers, type Asked, AskedBy, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { ReleaseCommand } from '../domain/release-commands.ts';
import { releaseRecord } from '../read/release.view.ts';
import { idsOf } from './references.ts';
import { ArtifactDto, DetachArtifactDto, PullRequestDto, RollbackPlanDto } from './release-content.dto.ts';
import { itemIn } from './release-scope.controller.ts';
import { RemoveScopeItemDto, ScopeItemDto } from './release-scope.dto.ts';
import { ReleaseDto } from './releases.answers.dto.ts';

/** What a release is made of. Once it is authorized, each of these takes the authorization away. */
@Controller('v1/releases')
@ApiTags('releases')
export class ReleaseContentController {
  constructor(private readonly service: Service) {}

  @Post(':id/attach-artifact')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Attaches an artifact: one of each service' })
  @Answers(200, ReleaseDto)
  async attachArtifact(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ArtifactDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const artifact = await this.artifactIn(dto);
    return this.carryOut(asked, stream, { type: 'AttachArtifact', data: { artifact } });
  }

  @Post(':id/detach-artifact')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Detaches the artifact of a service' })
  @Answers(200, ReleaseDto)
  async detachArtifact(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() dto: DetachArtifactDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const [serviceId = ''] = await idsOf(this.service, 'service', [dto.service]);
    return this.carryOut(asked, stream, { type: 'DetachArtifact', data: { serviceId } });
  }

  @Post(':id/add-scope-item')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Adds a feature, fix, technical debt or regulatory item to the scope' })
  @Answers(200, ReleaseDto)
  async addScopeItem(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ScopeItemDto): Promise<Answer> {
    return this.carryOut(asked, await this.streamOf(id), { type: 'AddScopeItem', data: { item: itemIn(dto) } });
  }

  @Post(':id/remove-scope-item')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Removes an item from the scope' })
  @Answers(200, ReleaseDto)
  async removeScopeItem(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() { key }: RemoveScopeItemDto,
  ): Promise<Answer> {
    return this.carryOut(asked, await this.streamOf(id), { type: 'RemoveScopeItem', data: { key } });
  }

  @Post(':id/register-rollback-plan')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Registers the rollback plan, in place of the one before' })
  @Answers(200, ReleaseDto)
  async registerRollbackPlan(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() { steps, backoutMinutes, triggers = [] }: RollbackPlanDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const digest = digestOf({ steps, backoutMinutes, triggers });
    const plan = { steps: await this.service.seal(stream, steps), digest, backoutMinutes, triggers };
    return this.carryOut(asked, stream, { type: 'RegisterRollbackPlan', data: { plan } });
  }

  private streamOf(id: string): Promise<string> {
    return this.service.streamOf('release', id);
  }

  private carryOut(asked: Asked, stream: string, command: ReleaseCommand): Promise<Answer> {
    return this.service.carryOut(asked, { stream, command }, releaseRecord);
  }

  private async artifactIn({ service, commits = [], pullRequests, builtBy, ...dto }: ArtifactDto) {
    const { version, purl, digest, repository } = dto;
    const [serviceId = ''] = await idsOf(this.service, 'service', [service]);
    const authors = await this.service.pseudonymsOf(commits.map(({ author }) => author));
    const [builder] = await this.service.pseudonymsOf(builtBy ? [builtBy] : []);
    return {
      serviceId,
      version,
      purl,
      digest,
      repository,
      commits: commits.map(({ sha, committedAt, authoredAt }, index) => ({
        sha,
        author: authors[index] ?? '',
        committedAt,
        ...(authoredAt !== undefined && { authoredAt }),
      })),
      ...(pullRequests && { pullRequests: pullRequests.map(plainly) }),
      ...(builder && { builtBy: builder }),
    } satisfies Artifact;
  }
}

const plainly = ({ key, firstCommitAt, mergedAt }: PullRequestDto): PullRequest => ({
  key,
  ...(firstCommitAt !== undefined && { firstCommitAt }),
  ...(mergedAt !== undefined && { mergedAt }),
});
