import { Body, Controller, Get, HttpCode, Post, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type LocalIssuer, Public, Text, Texts } from '@slipway/edge';

class TokenRequestDto {
  /** The subject: an e-mail, or the name of a service account. */
  @Text(255)
  readonly as!: string;

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
