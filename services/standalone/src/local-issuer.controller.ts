import { Body, Controller, Get, HttpCode, Post, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type LocalIssuer, ProblemException, Public, ROLES, Text, Texts } from '@slipway/edge';

class TokenRequestDto {
  /** The subject: an e-mail, or the name of a service account. */
  @Text(255)
  readonly as!: string;

  /** None: only what was granted counts. */
  @Texts(20, 40)
  readonly roles!: string[];
}

/** Hands a token to whoever asks. For trying things out: never there when an outside issuer is configured. */
export const localIssuerController = (issuer: LocalIssuer): Type => {
  @Controller('local-issuer')
  @ApiTags('local issuer')
  @Public()
  class LocalIssuerController {
    @Post('token')
    @HttpCode(200)
    @ApiOperation({ summary: 'A token for any subject with any roles, good for eight hours' })
    async token(@Body() { as, roles }: TokenRequestDto): Promise<{ token: string }> {
      requireRoles(roles);
      return { token: await issuer.sign(as, roles) };
    }

    @Get('jwks.json')
    @ApiOperation({ summary: 'The key that the tokens are verified with' })
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
