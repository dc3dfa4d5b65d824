import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { describeRefusals } from './openapi-refusals.ts';
import { inJsonSchema } from './openapi-schemas.ts';

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457.',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', description: 'Stable, kebab-case: decide by this.' },
    detail: { type: 'string', description: 'What to do about it.' },
    permission: { type: 'string', description: 'Of a 403: what is missing.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string', description: 'RFC 6901.' }, detail: { type: 'string' } },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
} as const;

/** OpenAPI 3.1 of all controllers, with what each operation can be refused with. */
export const openApiOf = (app: INestApplication, title: string): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.1')
    .setTitle(title)
    .setVersion('1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM as never },
  };
  describeRefusals(document);
  return inJsonSchema(document);
};

/** OpenAPI at /openapi.json, a page to try it at /docs; loads nothing from outside. */
export const serveOpenApi = (app: INestApplication, title: string): OpenAPIObject => {
  const document = openApiOf(app, title);
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    swaggerOptions: { validatorUrl: null }, // it would send the address to validator.swagger.io
  });
  return document;
};
