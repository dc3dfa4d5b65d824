import { type Client, credentials, loadPackageDefinition, Metadata, type ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { protoDirectory } from '@slipway/contracts';

type Call = (message: object, metadata: Metadata, done: (error: ServiceError | null, answer: unknown) => void) => void;
type Package = Readonly<Record<string, unknown>>;

export type GrpcCalls = Readonly<{
  call: <Answer>(method: string, message: object, token: string) => Promise<Answer>;
  /** The error of a call that must be refused, and the code of its problem. */
  refusal: (method: string, message: object, token: string) => Promise<Readonly<{ status: number; code: string }>>;
  close: () => void;
}>;

/** A client of one service, such as `slipway.planning.v1.ReleasesService`, of a proto file of the contracts. */
export const grpcCalls = (address: string, file: string, service: string): GrpcCalls => {
  const definition = loadSync(file, { includeDirs: [protoDirectory], longs: String, enums: String, defaults: true });
  const named = service
    .split('.')
    .reduce<unknown>((within, name) => (within as Package)[name], loadPackageDefinition(definition));
  const stub = new (named as new (address: string, by: object) => Client)(address, credentials.createInsecure());
  const call = <Answer>(method: string, message: object, token: string): Promise<Answer> => {
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${token}`);
    return new Promise((resolve, reject) => {
      const unary = (stub as unknown as Record<string, Call>)[method];
      if (!unary) throw new Error(`${service} has no ${method}`);
      unary.call(stub, message, metadata, (error, answer) => (error ? reject(error) : resolve(answer as Answer)));
    });
  };
  const refusal: GrpcCalls['refusal'] = (method, message, token) =>
    call(method, message, token).then(
      () => Promise.reject(new Error(`${method} was not refused`)),
      (error: ServiceError) => ({ status: error.code, code: codeIn(error) }),
    );
  return { call, refusal, close: () => stub.close() };
};

// The reason of the ErrorInfo in a google.rpc.Status; lengths are a byte or two before it.
const codeIn = ({ metadata }: ServiceError): string => {
  const status = String(metadata?.get('grpc-status-details-bin')[0] ?? '');
  // oxlint-disable-next-line no-control-regex
  return /ErrorInfo\u0012[^]{1,2}\n[^]([a-z-]+)\u0012/.exec(status)?.[1] ?? '';
};
