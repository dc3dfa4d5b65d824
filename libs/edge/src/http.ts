import { type NestApplicationOptions, type ValidationError, ValidationPipe } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AnswerInterceptor } from './answer.interceptor.ts';
import { ScopeInterceptor } from './scope.interceptor.ts';
import { jsonBody } from './json-body.ts';
import { ProblemFilter } from './problem.filter.ts';
import { type InvalidField, invalidFields, type ProblemException } from './problem.ts';
import { rememberRules } from './remembered-rules.ts';

/** For `NestFactory.create`: the body parser is ours. */
export const httpOptions = { bodyParser: false } satisfies NestApplicationOptions;

/** JSON bodies bounded, unknown fields refused, errors as problems, answers with their headers. */
export const configureHttp = (app: NestExpressApplication): void => {
  app.disable('x-powered-by');
  app.set('etag', false); // an ETag is a stream version here
  app.set('query parser', 'simple'); // no nested objects out of a query
  app.use(jsonBody());
  app.useGlobalPipes(new ValidationPipe({ ...validation, transform: true, exceptionFactory: invalid }));
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalInterceptors(new AnswerInterceptor(), new ScopeInterceptor());
};

rememberRules();

export const validation = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true } as const;

export const invalid = (errors: ValidationError[]): ProblemException =>
  invalidFields(errors.flatMap(error => fieldsOf(error, '')));

const fieldsOf = (
  { property, constraints = {}, children = [] }: Omit<ValidationError, 'property'> & { property?: string },
  parent: string,
): InvalidField[] => {
  // An unknown value as a whole has no property.
  const pointer = property === undefined ? parent : `${parent}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(constraints).map(([rule, detail]) => ({
    pointer,
    detail: rule === 'whitelistValidation' ? `${property} is not known here.` : detail,
  }));
  return [...own, ...children.flatMap(child => fieldsOf(child, pointer))];
};
