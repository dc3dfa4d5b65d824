import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import { Answers } from '@slipway/edge';
import { ImportAnswer, type RowType, type ImportedRowDto } from './history.dto.ts';
import { MOST_IMPORTED_ROWS } from './history-import.ts';

/** The answer and the body of an import: one JSON object a line. */
export const Imports = <Row extends ImportedRowDto>(row: RowType<Row>): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(row),
    ApiConsumes('application/x-ndjson'),
    ApiBody({
      required: true,
      description: `At most ${MOST_IMPORTED_ROWS} lines, each one JSON object.`,
      schema: { $ref: getSchemaPath(row) },
    }),
    Answers(200, ImportAnswer),
  );
