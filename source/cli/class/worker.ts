import {parentPort} from 'node:worker_threads';
import {type Answers, AnswersError, readAnswers} from '../../lab/answers.js';
import {decode} from '../../lab/class/decode.js';
import {grade} from '../../lab/grade.js';
import type {Lab} from '../../lab/lab.js';
import {SetupError} from '../../lab/start.js';
import {CliError} from '../command.js';
import {findLab} from '../lab-files.js';
import {loadSavedWorlds} from '../saved-worlds.js';
import {type Job, type JobResult, type ProofJob, type ProofResult, ready} from './job.js';

// The entry of a worker thread: marks one file, or proves one lab, after the other.
loadSavedWorlds();
const labs = new Map<string, Promise<Lab>>();
parentPort!.on('message', async (job: Job | ProofJob) =>
	parentPort!.postMessage('prove' in job ? await proveOne(job) : await markOne(job)),
);
parentPort!.postMessage(ready);

async function markOne({bytes, lab: asked, labInPath, seed, language}: Job): Promise<JobResult> {
	try {
		const text = decode(bytes);
		const answers = readAnswers(text);
		const lab = await labOf(asked, answers, text, labInPath);
		const own = seed ?? /^#\s*seed:\s*(\S+)\s*$/m.exec(text)?.[1];
		return {
			report: await grade(lab, answers, {
				...(own !== undefined && {seed: own}),
				language,
				explain: true,
				breathe: () => new Promise(setImmediate),
			}),
		};
	} catch (error) {
		return {reason: reasonOf(error as Error)};
	}
}

async function proveOne({prove, mutants}: ProofJob): Promise<ProofResult> {
	try {
		const {proveLab} = await import('../../lab/proof/proofs.js');
		const lab = await findLab(prove);
		return {lab: lab.id, ...(await proveLab(lab, {mutants}))};
	} catch (error) {
		return {reason: reasonOf(error as Error)};
	}
}

function labOf(asked: string | undefined, answers: Answers, text: string, labInPath: string | undefined): Promise<Lab> {
	if (asked !== undefined && answers.lab !== undefined && answers.lab !== asked.split(/[\\/]/).at(-1))
		throw new AnswersError(`it is a bundle of the lab "${answers.lab}", not of "${asked}"`);
	const name = asked ?? answers.lab ?? /^#\s*lab:\s*([\w-]+)\s*$/m.exec(text)?.[1] ?? labInPath;
	if (name === undefined)
		throw new AnswersError('it does not say which lab it answers; name it with --lab, in the file\'s name, or in a line "# lab: ID"');
	const known = labs.get(name) ?? findLab(name);
	labs.set(name, known);
	return known;
}

/** Nothing that a file does may end the run: what was not foreseen is a reason, too. */
function reasonOf(error: Error): string {
	if (error instanceof AnswersError || error instanceof CliError) return error.message;
	if (error instanceof SetupError) return `the lab cannot be set up: ${error.message}`;
	return `the simulation failed: ${error?.message ?? String(error)}`;
}
