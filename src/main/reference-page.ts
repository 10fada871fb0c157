import { explainedErrors } from '../contract/error-advice.ts'
import { escapeHtml } from '../contract/escape-html.ts'
import { eventGroups, eventMeaning, fieldsOf } from '../contract/event-meanings.ts'
import { eventExample } from '../contract/operations/examples.ts'
import { openApi } from '../contract/operations/openapi.ts'
import { isJson, type Json } from '../contract/operations/openapi-schemas.ts'
import { errorCodes } from '../core/error-codes.ts'
import { eventTypes } from '../core/relationship/vocabulary.ts'
import { schemaTable, typeInWords } from './schema-table.ts'

/** The reference page: the OpenAPI document as one page for people. Static, without scripts; its style is `/reference.css`. */
export function referencePage(): string {
  page ??= makePage()
  return page
}

let page: string | undefined

/** Words of the document: code between back ticks, paragraphs between empty lines. */
const prose = (words: string): string => escapeHtml(words).replace(/`([^`]+)`/g, '<code>$1</code>')
const paragraphs = (words: string): string =>
  words
    .split('\n\n')
    .map((one) => `<p>${prose(one)}</p>`)
    .join('\n')

const child = (value: Json, name: string): Json => {
  const inner = value[name]
  return isJson(inner) ? inner : {}
}
const listed = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : [])
const word = (value: unknown): string => (typeof value === 'string' ? value : '')

type Route = Readonly<{ method: string; path: string; operation: Json }>

function makePage(): string {
  const document = openApi()
  const schemas = child(child(document, 'components'), 'schemas')
  const routes = Object.entries(child(document, 'paths')).flatMap(([path, methods]): Route[] =>
    Object.entries(isJson(methods) ? methods : {}).flatMap(([method, operation]) =>
      isJson(operation) ? [{ method, path, operation }] : [],
    ),
  )
  const tags = listed(document.tags)
  const shownSchemas = Object.keys(schemas).filter(
    (name) => !/Event$|^EventList$|^EventBatch$/.test(name) || name === 'CustomEvent',
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API reference · Amends</title>
<link rel="stylesheet" href="/reference.css">
</head>
<body>
<a class="skip" href="#start">To the text</a>
${contents(tags, routes, shownSchemas)}
<main id="start">
<h1>API reference</h1>
${paragraphs(word(child(document, 'info').description)).replace('<p>', '<p class="lead">')}
<p>Everything here is also one <a href="/openapi.json">OpenAPI 3.1 document</a>, from which clients can be generated.</p>
${tags.map((tag) => tagSection(tag, routes, schemas)).join('\n')}
${eventsSection()}
${errorsSection()}
<section aria-labelledby="schemas"><h2 id="schemas">Schemas</h2>
<p>What the operations take and answer.</p>
${shownSchemas.map((name) => `<h3 id="schema-${name}">${name}</h3>\n${described(child(schemas, name))}${schemaTable(child(schemas, name))}`).join('\n')}
</section>
</main>
</body>
</html>
`
}

const described = (schema: Json): string =>
  word(schema.description) === '' ? '' : paragraphs(word(schema.description))
const routesOf = (tag: Json, routes: readonly Route[]) =>
  routes.filter(({ operation }) => Array.isArray(operation.tags) && operation.tags[0] === tag.name)
const slug = (name: string): string => `tag-${name.toLowerCase().replaceAll(' ', '-')}`
const link = (id: string, label: string): string => `<li><a href="#${id}">${label}</a></li>`

function contents(tags: readonly Json[], routes: readonly Route[], schemas: readonly string[]): string {
  const parts = tags.map((tag) => {
    const links = routesOf(tag, routes).map(({ operation }) =>
      link(word(operation.operationId), escapeHtml(word(operation.summary))),
    )
    return `<h2><a href="#${slug(word(tag.name))}">${escapeHtml(word(tag.name))}</a></h2>\n<ul>${links.join('')}</ul>`
  })
  return `<nav aria-label="Contents">
<p class="brand">Amends</p>
${parts.join('\n')}
<h2><a href="#event-types">Event types</a></h2>
<ul>${eventGroups.map(({ title }) => link(`group-${title.toLowerCase()}`, title)).join('')}</ul>
<h2><a href="#errors">Errors</a></h2>
<ul>${Object.keys(errorCodes)
    .map((code) => link(code, code))
    .join('')}</ul>
<h2><a href="#schemas">Schemas</a></h2>
<ul>${schemas.map((name) => link(`schema-${name}`, name)).join('')}</ul>
</nav>`
}

function tagSection(tag: Json, routes: readonly Route[], schemas: Json): string {
  const id = slug(word(tag.name))
  return `<section aria-labelledby="${id}"><h2 id="${id}">${escapeHtml(word(tag.name))}</h2>
<p>${prose(word(tag.description))}</p>
${routesOf(tag, routes)
  .map((route) => operationPart(route, schemas))
  .join('\n')}
</section>`
}

function operationPart(route: Route, schemas: Json): string {
  const { method, path, operation } = route
  const parameters = listed(operation.parameters)
  return `<article aria-labelledby="${word(operation.operationId)}">
<h3 id="${word(operation.operationId)}">${escapeHtml(word(operation.summary))}</h3>
<p class="route"><span class="method ${method}">${method.toUpperCase()}</span> <code>${escapeHtml(path)}</code></p>
${paragraphs(word(operation.description))}
<pre><code>${escapeHtml(curlOf(route))}</code></pre>
${parameters.length === 0 ? '' : `<h4>Parameters</h4>\n${parametersTable(parameters)}`}
${requestPart(child(operation, 'requestBody'), schemas)}
${answersPart(child(operation, 'responses'))}
</article>`
}

function parametersTable(parameters: readonly Json[]): string {
  const rows = parameters.map((one) => {
    const must = one.required === true ? ' <span class="must">required</span>' : ''
    const place = word(one.in) === 'header' ? ' <span class="must">header</span>' : ''
    return `<tr><td><code>${escapeHtml(word(one.name))}</code>${must}${place}</td><td>${typeInWords(child(one, 'schema'))}</td><td>${prose(word(one.description))}</td></tr>`
  })
  return `<div class="scroll"><table><thead><tr><th scope="col">name</th><th scope="col">type</th><th scope="col">meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

function requestPart(body: Json, schemas: Json): string {
  const parts = Object.entries(child(body, 'content')).map(([media, content]) => {
    const schema = isJson(content) ? child(content, 'schema') : {}
    const name = word(schema.$ref).split('/').at(-1) ?? ''
    const shown = name === '' ? `<p>${typeInWords(schema)}</p>` : schemaTable(child(schemas, name))
    return `<h4>Body: <code>${escapeHtml(media)}</code></h4>\n${word(schema.description) === '' ? '' : paragraphs(word(schema.description))}${shown}`
  })
  return parts.join('\n')
}

function answersPart(responses: Json): string {
  const rows = Object.entries(responses).map(([status, answer]) => {
    const content = isJson(answer) ? Object.values(child(answer, 'content'))[0] : undefined
    const schema = isJson(content) ? child(content, 'schema') : undefined
    const about = isJson(answer) ? prose(word(answer.description)) : ''
    const linked = about.replace(/<code>([a-z-]+)<\/code>:/g, '<a href="#$1"><code>$1</code></a>:')
    return `<tr><td>${status}</td><td>${schema === undefined ? 'nothing' : typeInWords(schema)}</td><td>${linked}</td></tr>`
  })
  return `<h4>Answers</h4>\n<div class="scroll"><table><thead><tr><th scope="col">status</th><th scope="col">body</th><th scope="col">meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

/** A command that can be pasted; `$AMENDS` is the address and `$KEY` an API key. */
function curlOf({ method, path, operation }: Route): string {
  const filled = listed(operation.parameters)
    .filter((one) => one.in === 'path')
    .reduce((at, one) => at.replace(`{${word(one.name)}}`, encodeURIComponent(String(one.example))), path)
  const lines = [`curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}"$AMENDS${filled}"`]
  if (listed(operation.security).length > 0) lines.push('-H "Authorization: Bearer $KEY"')
  const content = child(child(operation, 'requestBody'), 'content')
  if ('application/octet-stream' in content) lines.push('--data-binary @orders.csv')
  if ('application/json' in content) {
    const json = child(content, 'application/json')
    lines.push('-H "Content-Type: application/json"', `-d '${JSON.stringify(json.example ?? eventExample)}'`)
  }
  return lines.join(' \\\n  ')
}

function eventsSection(): string {
  const groups = eventGroups.map(({ title, about, holds }) => {
    const types = eventTypes.filter((type) => holds.includes(type.split('.')[0] ?? ''))
    const parts = types.map((type) => {
      const fields = fieldsOf(type)
      const rows = fields.map(
        ({ name, form, required, meaning }) =>
          `<tr><td><code>${name}</code>${required ? ' <span class="must">required</span>' : ''}</td><td>${escapeHtml(form)}</td><td>${escapeHtml(meaning)}</td></tr>`,
      )
      const table = `<div class="scroll"><table><thead><tr><th scope="col">field of data</th><th scope="col">type</th><th scope="col">meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
      return `<h4 id="event-${type}"><code>${type}</code></h4>\n<p>${escapeHtml(eventMeaning(type))}</p>\n${fields.length === 0 ? '<p class="quiet">No fields.</p>' : table}`
    })
    return `<h3 id="group-${title.toLowerCase()}">${title}</h3>\n<p>${escapeHtml(about)}</p>\n${parts.join('\n')}`
  })
  return `<section aria-labelledby="event-types"><h2 id="event-types">Event types</h2>
<p>An event is a fact with a time. It is never changed; a correction is another event. Fields that are not listed are kept, not used.</p>
${groups.join('\n')}
</section>`
}

function errorsSection(): string {
  const parts = explainedErrors.map(({ code, status, title, meaning, cause, todo }) => {
    return `<h3 id="${code}"><code>${code}</code></h3>
<p><strong>${escapeHtml(title)}</strong> <span class="quiet">${status}</span></p>
<dl><dt>meaning</dt><dd>${escapeHtml(meaning)}</dd><dt>cause</dt><dd>${escapeHtml(cause)}</dd><dt>what to do</dt><dd>${escapeHtml(todo)}</dd></dl>`
  })
  return `<section aria-labelledby="errors"><h2 id="errors">Errors</h2>
<p>A refusal is a problem (RFC 9457) with a stable <code>code</code>, a <code>detail</code> for this case, and where it helps a <code>pointer</code> to the field. Its <code>type</code> leads here.</p>
${parts.join('\n')}
</section>`
}
