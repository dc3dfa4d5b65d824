import { Body, Controller, Get, Post, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, type LocalIssuer, ProblemException, Public, Refuses, ROLES, Text, Texts } from '@slipway/edge';

class TokenRequestDto {
  /** The subject: an e-mail, or the name of a service account. */
  @Text(255)
  readonly as!: string;

  /** None: only what was granted counts. */
  @Texts(20, 40)
  readonly roles!: string[];
}

class TokenDto {
  @Text(10_000)
  readonly token!: string;
}

/** RFC 7517. */
const JWKS = {
  type: 'object',
  required: ['keys'],
  properties: { keys: { type: 'array', items: { type: 'object', required: ['kty'], additionalProperties: true } } },
};

/** Hands a token to whoever asks. For trying things out: never there when an outside issuer is configured. */
export const localIssuerController = (issuer: LocalIssuer): Type => {
  @Controller('local-issuer')
  @ApiTags('local issuer')
  @Public()
  class LocalIssuerController {
    @Post('token')
    @ApiOperation({ summary: 'A token for any subject with any roles, good for eight hours' })
    @Answers(200, TokenDto)
    @Refuses(422)
    async token(@Body() { as, roles }: TokenRequestDto): Promise<TokenDto> {
      requireRoles(roles);
      return { token: await issuer.sign(as, roles) };
    }

    @Get('jwks.json')
    @ApiOperation({ summary: 'The key that the tokens are verified with' })
    @ApiOkResponse({ schema: JWKS as never })
    jwks(): object {
      return issuer.jwks;
    }
  }
  return LocalIssuerController;
};

const requireRoles = (roles: readonly string[]): void => {
  const unknown = roles.find(role => !(ROLES as readonly string[]).includes(role));
  if (unknown === undefined) return;
  const detail = `There is no role ${unknown}; there are ${ROLES.join(', ')}.`;
  throw new ProblemException({ status: 422, code: 'unknown-role', detail });
};
