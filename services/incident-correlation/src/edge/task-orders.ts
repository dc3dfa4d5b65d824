import type { Service } from '@slipway/service';
import { v7 as uuidv7 } from 'uuid';
import type { TaskCommand } from '../domain/tasks.ts';
import type { AddTaskDto, ChangeTaskDto, ChangeTaskFields, CompleteTaskDto, DropTaskDto } from './tasks.dto.ts';

const saidOf = async (service: Service, { owner, order, dueAt }: ChangeTaskFields) => {
  const [person] = await service.pseudonymsOf(owner === undefined ? [] : [owner]);
  return {
    ...(person !== undefined && { owner: person }),
    ...(order !== undefined && { order }),
    ...(dueAt !== undefined && { dueAt }),
  };
};

export const addTask = async (service: Service, dto: AddTaskDto): Promise<TaskCommand> => ({
  type: 'AddTask',
  data: { taskId: uuidv7(), title: dto.title, ...(await saidOf(service, dto)) },
});

export const changeTask = async (service: Service, dto: ChangeTaskDto): Promise<TaskCommand> => ({
  type: 'ChangeTask',
  data: { taskId: dto.task, ...(dto.title !== undefined && { title: dto.title }), ...(await saidOf(service, dto)) },
});

export const completeTask = async (service: Service, stream: string, dto: CompleteTaskDto): Promise<TaskCommand> => {
  const note = await service.seal(stream, dto.note);
  return { type: 'CompleteTask', data: { taskId: dto.task, ...(note !== undefined && { note }) } };
};

export const dropTask = async (service: Service, stream: string, dto: DropTaskDto): Promise<TaskCommand> => ({
  type: 'DropTask',
  data: { taskId: dto.task, reason: await service.seal(stream, dto.reason) },
});
