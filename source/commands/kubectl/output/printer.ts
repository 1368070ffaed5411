import {FileError} from '../../../os/files.js';
import type {KubeObject} from '../../../api/object.js';
import {Failure, failure} from '../failure.js';
import type {Session} from '../session.js';
import {customColumns, customColumnsFile, printCustomColumns} from './custom-columns.js';
import {goSyntax, goValue} from './go-syntax.js';
import {BrokenOff} from '../../go-template/template.js';
import {goTemplate} from './go-template.js';
import {toJson, toJsonLine} from './json-print.js';
import {jsonPath} from './jsonpath.js';
import {toYaml} from './yaml-print.js';
import type {Values} from '../flags/values.js';

/** Turns objects into the text that `-o` asks for. Called once for each object or list. */
export interface Printer {
	/** `typed`: keys stand in the order of the Go struct (objects that kubectl made itself). */
	print(object: unknown, options?: {typed?: boolean}): string;
}

export interface PrinterOptions {
	/** Formats that only `get` knows. */
	readonly table?: boolean;
	/** Said after the name when no format is asked for: `created`. */
	readonly operation?: string;
	readonly formats?: readonly string[];
	/** No other format is known. */
	readonly only?: boolean;
}

const templateFormats = ['go-template', 'go-template-file', 'jsonpath', 'jsonpath-as-json', 'jsonpath-file', 'template', 'templatefile'];
const objectFormats = ['json', 'yaml', 'name', ...templateFormats];
const tableFormats = ['custom-columns', 'custom-columns-file', 'wide'];

/** The printer of `-o`, or undefined when no format was asked for. */
export function printerFor(session: Session, flags: Values, options: PrinterOptions = {}): Printer | undefined {
	const {format, argument} = splitFormat(flags);
	if (format === '') return undefined;
	if (options.only && !options.formats?.includes(format)) throw unknownFormat(flags, options);
	const showManaged = flags.has('show-managed-fields') && flags.bool('show-managed-fields');
	const clean = (object: unknown) => (showManaged ? object : withoutManagedFields(object));
	if (format === 'json') return {print: (object, {typed = false} = {}) => `${toJson(clean(object), !typed)}\n`};
	if (format === 'yaml') return yamlPrinter(clean);
	if (format === 'name') return {print: printNames};
	if (templateFormats.includes(format)) return templatePrinter(session, flags, format, argument);
	if (options.table && format.startsWith('custom-columns')) return columnsPrinter(session, flags, format, argument);
	throw unknownFormat(flags, options);
}

function unknownFormat(flags: Values, options: PrinterOptions): Failure {
	const allowed = [...(options.formats ?? objectFormats), ...(options.table ? tableFormats : [])].sort();
	return failure(
		`unable to match a printer suitable for the output format "${flags.string('output')}", allowed formats are: ${allowed.join(',')}`,
	);
}

/** `jsonpath={.kind}` is a format and its argument; `--template` may stand in for the argument, and for the format. */
function splitFormat(flags: Values): {format: string; argument: string | undefined} {
	const template = flags.has('template') ? flags.string('template') : '';
	// A template goes before a format that nobody asked for (`config view`).
	const output = template !== '' && !flags.changed('output') ? '' : flags.string('output');
	if (output === '') return template === '' ? {format: '', argument: undefined} : {format: 'go-template', argument: template};
	for (const name of [...templateFormats, ...tableFormats]) {
		if (output.startsWith(`${name}=`)) return {format: name, argument: output.slice(name.length + 1)};
	}

	const lower = output.toLowerCase();
	return {format: ['json', 'yaml', 'name'].includes(lower) ? lower : output, argument: template};
}

function yamlPrinter(clean: (object: unknown) => unknown): Printer {
	let count = 0;
	return {print: object => (count++ > 0 ? '---\n' : '') + toYaml(clean(object))};
}

export function withoutManagedFields(object: unknown): unknown {
	const {metadata, items} = object as {metadata?: {managedFields?: unknown}; items?: unknown[]};
	if (Array.isArray(items)) return {...(object as object), items: items.map(withoutManagedFields)};
	if (!metadata || !('managedFields' in metadata)) return object;
	const {managedFields, ...rest} = metadata;
	return {...(object as object), metadata: rest};
}

function printNames(object: unknown): string {
	const {items} = object as {items?: unknown[]};
	if (Array.isArray(items)) return items.map(printNames).join('');
	return `${objectName(object as KubeObject)}\n`;
}

/** `deployment.apps/web` */
export function objectName(object: KubeObject): string {
	const slash = (object.apiVersion ?? '').indexOf('/');
	const group = slash === -1 ? '' : `.${object.apiVersion.slice(0, slash)}`;
	return `${(object.kind ?? '<unknown>').toLowerCase()}${group}/${object.metadata?.name || '<unknown>'}`;
}

function templatePrinter(session: Session, flags: Values, format: string, argument: string | undefined): Printer {
	if (argument === undefined || argument === '') throw failure('template format specified but no template given');
	const isFile = format.endsWith('file');
	const template = isFile ? readTemplate(session, argument) : argument;
	const allowMissingKeys = !flags.has('allow-missing-template-keys') || flags.bool('allow-missing-template-keys');
	if (format.startsWith('jsonpath')) return jsonPathPrinter(template, format === 'jsonpath-as-json', allowMissingKeys);
	let filled: (data: unknown) => string;
	try {
		filled = goTemplate(template, {allowMissingKeys});
	} catch (error) {
		if (error instanceof Failure) throw error;
		throw failure(`error parsing template ${template}, ${(error as Error).message}`);
	}

	return {
		print(object) {
			try {
				return filled(object);
			} catch (error) {
				if (error instanceof BrokenOff) session.out(error.text);
				throw templateFailure(session, template, object, error as Error);
			}
		},
	};
}

/** What helps to find the mistake goes to stdout, the error itself to stderr. */
function templateFailure(session: Session, template: string, object: unknown, error: Error): Error {
	if (error instanceof Failure) return error;
	session.out(
		`Error executing template: ${error.message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\traw data was:\n\t\t${toJsonLine(object)}\n\tobject given to template engine was:\n\t\t${goValue(object)}\n\n`,
	);
	return failure(`error executing template ${JSON.stringify(template)}: ${error.message}`);
}

function jsonPathPrinter(template: string, asJson: boolean, allowMissingKeys: boolean): Printer {
	let path: ReturnType<typeof jsonPath>;
	try {
		path = jsonPath(template, {allowMissingKeys});
	} catch (error) {
		throw failure(`error parsing jsonpath ${template}, ${(error as Error).message}`);
	}

	return {
		print(object) {
			try {
				if (!asJson) return path.print(object);
				return path
					.find(object)
					.map(results => `${toJson(results)}\n`)
					.join('');
			} catch (error) {
				throw failure(
					`error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${(error as Error).message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n\n`,
				);
			}
		},
	};
}

function readTemplate(session: Session, name: string, what = '--template'): string {
	try {
		return session.machine.files.readText(session.io.path(name));
	} catch (error) {
		if (error instanceof FileError) throw failure(`error reading ${what} ${name}, open ${name}: ${error.message.toLowerCase()}`);
		throw error;
	}
}

function columnsPrinter(session: Session, flags: Values, format: string, argument: string | undefined): Printer {
	if (!argument) throw failure('custom-columns format specified but no custom columns given');
	const columns =
		format === 'custom-columns-file' ? customColumnsFile(readTemplate(session, argument, 'template')) : customColumns(argument);
	const noHeaders = flags.has('no-headers') && flags.bool('no-headers');
	return {
		print(object) {
			const {items} = object as {items?: unknown[]};
			return printCustomColumns(columns, Array.isArray(items) ? items : [object], noHeaders, text => session.out(text));
		},
	};
}
