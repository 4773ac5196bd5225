import { parentPort, workerData } from 'node:worker_threads';
import { convertV2, type Options } from 'openapi-to-postmanv2';

// Runs once and ends: the converter is large and keeps a thread busy for a second.
const options: Options = {
  folderStrategy: 'Tags',
  parametersResolution: 'Example',
  enableOptionalParameters: false,
  includeAuthInfoInExample: false,
};

convertV2({ type: 'json', data: workerData }, options, (error, result) => {
  if (error) throw error;
  if (!result?.result) throw new Error(result?.reason ?? 'The document was not converted');
  parentPort?.postMessage(result.output?.[0]?.data, []);
});
