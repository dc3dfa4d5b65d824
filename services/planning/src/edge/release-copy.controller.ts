import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SuccessCriterion } from '@slipway/contracts';
import { type Answer, Answers, type Asked, AskedBy, Permission, Report } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import type { Request, Response } from 'express';
import type { CopyRelease } from '../domain/release-commands.ts';
import { namesInCatalog } from '../read/catalog.query.ts';
import { knownErrorsOf } from '../read/problem.query.ts';
import { markdownOf, notesOf, type ReleaseNotes } from '../read/release-notes.ts';
import { releaseRecord, type ReleaseView } from '../read/release.view.ts';
import { CopyReleaseDto, NotesQuery, ReleaseNotesDto } from './release-copy.dto.ts';
import { releaseFor } from './release-now.ts';
import { ReleaseDto } from './releases.answers.dto.ts';

/** What is made of a release: the next one like it, and the notes of it. */
@Controller('v1/releases')
@ApiTags('releases')
export class ReleaseCopyController {
  constructor(private readonly service: Service) {}

  @Post(':id/copy')
  @Permission('releases:write')
  @ApiOperation({
    summary: 'Drafts a release like this one: its targets, rollback plan, phases, success criteria, manager and RACI',
  })
  @Answers(201, ReleaseDto)
  async copy(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: CopyReleaseDto): Promise<Answer> {
    const { stream: from, release } = await this.releaseAt(asked, id);
    const stream = asked.newStream('release');
    const data: CopyRelease['data'] = {
      draft: await this.draftOf(asked, stream, dto, release),
      fromReleaseId: idOf(from),
      targets: release.state === 'Draft' ? (release.proposedTargets ?? []) : release.targets,
      scope: release.scope.filter(({ kind }) => dto.scopeKinds?.includes(kind)),
      ...(await this.rollbackPlanOf(release, from, stream)),
      phases: release.phases.map(({ name, entry, exit }) => ({
        name,
        entryCriteria: entry.criteria.map(criterion => criterion.name),
        exitCriteria: exit.criteria.map(criterion => criterion.name),
      })),
      ...(release.manager !== undefined && { manager: release.manager }),
      ...(release.raci && { raci: release.raci }),
      ...(release.successCriteria.length > 0 && { criteria: await this.criteriaOf(release, from, stream) }),
    };
    return this.service.carryOut(asked, { stream, command: { type: 'CopyRelease', data } }, releaseRecord);
  }

  @Get(':id/notes')
  @Permission('releases:read')
  @ApiOperation({
    summary: 'Release notes, drafted from the scope items, the commits of what ships and its known errors',
  })
  @Answers(200, ReleaseNotesDto, 'text/markdown')
  async notes(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Query() { format }: NotesQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Report | string> {
    const notes = await this.notesAt(asked, id);
    const accepted = request.accepts(['application/json', 'text/markdown']) === 'text/markdown' ? 'markdown' : 'json';
    response.vary('Accept');
    if ((format ?? accepted) === 'json') return new Report(notes, await this.service.store.head());
    response.type('text/markdown; charset=utf-8');
    return markdownOf(notes);
  }

  async notesAt(asked: Asked, id: string): Promise<ReleaseNotes> {
    const { stream, release } = await this.releaseAt(asked, id);
    const numbers = await this.service.store.numbersOf([stream]);
    const services = release.artifacts.map(({ serviceId }) => serviceId);
    const names = await namesInCatalog(this.service.dataSource, 'service', services);
    const knownErrors = await knownErrorsOf(this.service.dataSource, services);
    return notesOf(release, { number: numbers.get(stream) ?? idOf(stream), names, knownErrors });
  }

  private async releaseAt(asked: Asked, id: string): Promise<Readonly<{ stream: string; release: ReleaseView }>> {
    const stream = await this.service.streamOf('release', id);
    return { stream, release: await releaseFor(this.service, asked, stream) };
  }

  private async draftOf(
    asked: Asked,
    stream: string,
    dto: CopyReleaseDto,
    release: ReleaseView,
  ): Promise<CopyRelease['data']['draft']> {
    const [named] = await this.service.pseudonymsOf(dto.owner === undefined ? [] : [dto.owner]);
    const description = await this.service.seal(stream, dto.description);
    return {
      title: dto.title,
      class: dto.class ?? release.class,
      changeModel: dto.changeModel ?? release.changeModel,
      owner: named ?? asked.stamp.actor,
      ...(description !== undefined && { description }),
    };
  }

  /** Their words under the key of the new record; what was in erased words only is none any more. */
  private async criteriaOf(
    { successCriteria }: ReleaseView,
    from: string,
    to: string,
  ): Promise<readonly SuccessCriterion[]> {
    const copies = successCriteria.map(async ({ id, title, measurement, howJudged }) => {
      const words = howJudged === undefined ? null : await this.service.open(from, howJudged);
      if (!measurement && words === null) return [];
      const sealed = words === null ? {} : { howJudged: await this.service.seal(to, words) };
      return [{ id, title, ...(measurement && { measurement }), ...sealed }];
    });
    return (await Promise.all(copies)).flat();
  }

  /** Its steps under the key of the new record; none when they were erased. */
  private async rollbackPlanOf(
    { rollbackPlan }: ReleaseView,
    from: string,
    to: string,
  ): Promise<Pick<CopyRelease['data'], 'rollbackPlan'>> {
    const steps = rollbackPlan && (await this.service.open(from, rollbackPlan.steps));
    if (!rollbackPlan || typeof steps !== 'string') return {};
    return { rollbackPlan: { ...rollbackPlan, steps: await this.service.seal(to, steps) } };
  }
}
