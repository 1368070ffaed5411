import type {CliCommand} from '../command.js';
import check from './check.js';
import demo from './demo.js';
import doctor from './doctor.js';
import exportCommand from './export.js';
import grade from './grade.js';
import home from './home.js';
import lab from './lab.js';
import importCommand from './import.js';
import list from './list.js';
import serve from './serve.js';
import sh from './sh.js';
import start from './start.js';
import trace from './trace.js';

/** In the order of the help. */
const commands: readonly CliCommand[] = [
	home,
	start,
	demo,
	list,
	sh,
	check,
	grade,
	exportCommand,
	importCommand,
	serve,
	trace,
	lab,
	doctor,
];
export default commands;
