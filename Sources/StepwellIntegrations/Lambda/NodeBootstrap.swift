/// What runs handlers of JavaScript: a client of the Runtime API for `node`.
enum NodeBootstrap {
    /// The files that a module may be in.
    static let suffixes = [".js", ".mjs", ".cjs"]

    /// The module's file without suffix, of a handler `folder/module.function`.
    static func module(_ handler: String) -> String {
        let start = handler.lastIndex(of: "/").map { handler.index(after: $0) }
        let dot = handler[(start ?? handler.startIndex)...].firstIndex(of: ".")
        return String(handler[..<(dot ?? handler.endIndex)])
    }

    /// A module for `node --input-type=module --eval`.
    static let source = #"""
        import fs from 'node:fs';
        import http from 'node:http';
        import path from 'node:path';
        import { pathToFileURL } from 'node:url';

        const env = process.env;
        const [hostname, port] = env.AWS_LAMBDA_RUNTIME_API.split(':');
        const agent = new http.Agent({ keepAlive: true });

        function call(method, place, body, headers = {}) {
          return new Promise((resolve, reject) => {
            const text = body === undefined ? undefined : Buffer.from(body);
            if (text) headers['Content-Length'] = text.length;
            const request = http.request(
              { hostname, port, agent, method, headers, path: '/2018-06-01/runtime/' + place },
              (answer) => {
                const parts = [];
                answer.on('data', (part) => parts.push(part));
                answer.on('error', reject);
                answer.on('end', () => resolve({
                  status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts),
                }));
              });
            request.on('error', reject);
            request.end(text);
          });
        }

        function shown(error, type) {
          if (!(error instanceof Error)) {
            return { errorType: type ?? typeof error, errorMessage: String(error), trace: [] };
          }
          return {
            errorType: type ?? error.name, errorMessage: error.message,
            trace: (error.stack ?? '').split('\n'),
          };
        }

        function fail(place, error, type) {
          const body = shown(error, type);
          const headers = {
            'Content-Type': 'application/json',
            'Lambda-Runtime-Function-Error-Type': body.errorType,
          };
          return call('POST', place, JSON.stringify(body), headers);
        }

        async function load() {
          const { dir, base } = path.parse(env._HANDLER);
          const dot = base.indexOf('.');
          if (dot < 1) {
            throw [new Error('Bad handler ' + env._HANDLER), 'Runtime.MalformedHandlerName'];
          }
          const file = path.resolve(env.LAMBDA_TASK_ROOT, dir, base.slice(0, dot));
          const found = ['.js', '.mjs', '.cjs'].map((end) => file + end).find(fs.existsSync);
          if (!found) {
            throw [new Error(`Cannot find module '${file}'`), 'Runtime.ImportModuleError'];
          }
          let module;
          try {
            module = await import(pathToFileURL(found));
          } catch (error) {
            if (error instanceof SyntaxError) throw [error, 'Runtime.UserCodeSyntaxError'];
            const isMissing = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(error?.code);
            throw [error, isMissing ? 'Runtime.ImportModuleError' : undefined];
          }
          const names = base.slice(dot + 1).split('.');
          const pick = (from) => names.reduce((value, name) => value?.[name], from);
          const handler = pick(module) ?? pick(module.default);
          if (typeof handler !== 'function') {
            const text = env._HANDLER + ' is undefined or not exported';
            throw [new Error(text), 'Runtime.HandlerNotFound'];
          }
          return handler;
        }

        function run(handler, event, context) {
          return new Promise((resolve, reject) => {
            Object.assign(context, {
              succeed: resolve, fail: reject, callbackWaitsForEmptyEventLoop: true,
              done: (error, value) => (error ? reject(error) : resolve(value)),
            });
            const result = handler(event, context, context.done);
            if (typeof result?.then === 'function') result.then(resolve, reject);
            else if (handler.length < 3) resolve(result);
          });
        }

        let handler;
        try {
          handler = await load();
        } catch (thrown) {
          const [error, type] = Array.isArray(thrown) ? thrown : [thrown];
          console.error(error);
          await fail('init/error', error, type);
          process.exit(1);
        }

        let current;
        for (const kind of ['uncaughtException', 'unhandledRejection']) {
          process.on(kind, async (error) => {
            console.error(error);
            const type = kind === 'unhandledRejection'
              ? 'Runtime.UnhandledPromiseRejection' : undefined;
            if (current) await fail(`invocation/${current}/error`, error, type).catch(() => {});
            process.exit(129);
          });
        }

        for (;;) {
          const next = await call('GET', 'invocation/next');
          if (next.status !== 200) process.exit(1);
          const header = (name) => next.headers['lambda-runtime-' + name];
          const id = current = header('aws-request-id');
          const deadline = Number(header('deadline-ms'));
          if (header('trace-id')) env._X_AMZN_TRACE_ID = header('trace-id');
          const context = {
            awsRequestId: id, invokedFunctionArn: header('invoked-function-arn'),
            functionName: env.AWS_LAMBDA_FUNCTION_NAME,
            functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
            memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
            logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
            logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
            getRemainingTimeInMillis: () => deadline - Date.now(),
          };
          const client = header('client-context');
          if (client) context.clientContext = JSON.parse(client);
          let body;
          try {
            const result = await run(handler, JSON.parse(next.body.toString()), context);
            body = JSON.stringify(result === undefined ? null : result) ?? 'null';
          } catch (error) {
            console.error(error);
            await fail(`invocation/${id}/error`, error);
            current = undefined;
            continue;
          }
          const type = { 'Content-Type': 'application/json' };
          await call('POST', `invocation/${id}/response`, body, type);
          current = undefined;
        }
        """#
}
