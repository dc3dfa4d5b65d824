import 'reflect-metadata';
import { Controller, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { v7 as uuidv7 } from 'uuid';
import { required } from '../../environment.ts';
import { serve } from '../../serve.ts';

@Controller('v1/releases')
class NothingController {
  @Post()
  draft(): { id: string } {
    return { id: uuidv7() };
  }

  @Post(':id/add-scope-item')
  @HttpCode(200)
  addScopeItem(): object {
    return {};
  }
}

@Module({ controllers: [NothingController] })
class NothingModule {}

/** What the framework costs by itself. */
const app = await NestFactory.create(NothingModule, { logger: ['warn', 'error'] });
await app.listen(Number(required('PORT')), '127.0.0.1');
serve({}, () => app.close());
