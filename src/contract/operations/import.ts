import { Type } from 'typebox'
import { demoBody, importBody, previewBody } from '../operate.ts'
import { mapping, preview, task, upload } from '../show.ts'
import { demoExample, importExample, previewExample, taskExample, uploadExample } from './examples.ts'
import type { Operation, Parameter } from './operation.ts'

const uuid = Type.String({ format: 'uuid' })
const exampleId = uploadExample.upload
const uploadId: Parameter = {
  name: 'upload',
  in: 'path',
  about: 'The upload.',
  schema: uuid,
  required: true,
  example: exampleId,
}
const taskId: Parameter = {
  name: 'id',
  in: 'path',
  about: 'The task.',
  schema: uuid,
  required: true,
  example: exampleId,
}

const files = 'Files'
const tasks = 'Tasks'

/** Files in, imports, and long work. */
export const importOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/uploads',
    id: 'openUpload',
    tag: files,
    summary: 'Begin an upload',
    about: 'An empty place for the files of one import.',
    permission: 'data.import',
    answers: { 201: { about: 'The upload.', schema: upload, example: { ...uploadExample, files: [] } } },
    repeatable: false,
  },
  {
    method: 'put',
    path: '/v1/uploads/{upload}/{name}',
    id: 'putFile',
    tag: files,
    summary: 'Put a file into an upload',
    about:
      'The bytes of a CSV, NDJSON, JSON, Parquet, or Excel file, as they are; CSV and NDJSON may be packed with gzip. The same name again replaces the file. Up to 4 GiB and 100 files an upload.',
    permission: 'data.import',
    parameters: [
      uploadId,
      {
        name: 'name',
        in: 'path',
        about: 'The name of the file: letters, digits, spaces, and . _ ( ) - only.',
        schema: Type.String({ minLength: 1, maxLength: 120 }),
        required: true,
        example: 'orders.csv',
      },
    ],
    body: { kind: 'file' },
    answers: { 200: { about: 'The upload with all its files.', schema: upload, example: uploadExample } },
    refusals: ['not-found', 'parameter-malformed'],
    repeatable: false,
  },
  {
    method: 'get',
    path: '/v1/mappings',
    id: 'listMappings',
    tag: files,
    summary: 'The ready mappings',
    about: 'Each is SQL that turns the tables of a file into events; take one as the start of your own.',
    permission: 'data.read',
    answers: { 200: { about: 'The mappings.', schema: Type.Array(mapping) } },
  },
  {
    method: 'post',
    path: '/v1/imports/preview',
    id: 'previewImport',
    tag: files,
    summary: 'Look at what an import would give',
    about:
      'The tables with their first rows, the mapping that fits, its first events, and the first problems. Stores nothing.',
    permission: 'data.import',
    body: { kind: 'json', schema: previewBody, example: previewExample },
    answers: { 200: { about: 'What would be imported.', schema: preview } },
    refusals: ['not-found', 'import-refused'],
  },
  {
    method: 'post',
    path: '/v1/imports',
    id: 'startImport',
    tag: files,
    summary: 'Import an upload',
    about: 'Starts a task and answers at once; follow it with GET /v1/tasks/{id}. The same files again change nothing.',
    permission: 'data.import',
    body: { kind: 'json', schema: importBody, example: importExample },
    answers: { 202: { about: 'The task.', schema: task, example: taskExample } },
    refusals: ['not-found', 'import-refused'],
  },
  {
    method: 'get',
    path: '/v1/imports/{id}/rejects',
    id: 'readRejects',
    tag: files,
    summary: 'The rows that were rejected',
    about: 'The rejected rows with file, line, and reason.',
    permission: 'data.import',
    parameters: [taskId],
    answers: {
      200: {
        about: 'The rows.',
        media: 'text/csv',
        schema: Type.String(),
        headers: { 'Content-Disposition': 'Names the file.' },
      },
    },
    refusals: ['not-found'],
  },
  {
    method: 'post',
    path: '/v1/demo',
    id: 'startDemo',
    tag: tasks,
    summary: 'Simulate a firm',
    about: 'Starts a task that writes the events of a simulated firm into the log, with the source `simulated`.',
    permission: 'data.import',
    body: { kind: 'json', schema: demoBody, example: demoExample },
    answers: {
      202: { about: 'The task.', schema: task, example: { ...taskExample, kind: 'simulate', rejects: null } },
    },
  },
  {
    method: 'get',
    path: '/v1/tasks',
    id: 'listTasks',
    tag: tasks,
    summary: 'Long work',
    about: 'The last 50 tasks, newest first.',
    permission: 'data.read',
    answers: { 200: { about: 'The tasks.', schema: Type.Array(task), example: [taskExample] } },
  },
  {
    method: 'get',
    path: '/v1/tasks/{id}',
    id: 'readTask',
    tag: tasks,
    summary: 'One task',
    about: 'How far it has come.',
    permission: 'data.read',
    parameters: [taskId],
    answers: { 200: { about: 'The task.', schema: task, example: taskExample } },
    refusals: ['not-found'],
  },
  {
    method: 'delete',
    path: '/v1/tasks/{id}',
    id: 'cancelTask',
    tag: tasks,
    summary: 'Stop a task',
    about: 'What it has stored by then stays. A task that has ended is left as it is.',
    permission: 'data.import',
    parameters: [taskId],
    answers: { 200: { about: 'The task; it may still be running for a moment.', schema: task, example: taskExample } },
    refusals: ['not-found'],
  },
]
