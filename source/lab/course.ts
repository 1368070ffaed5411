import {list, object, required, text} from '../checks/shape.js';
import {validate} from '../checks/validate.js';
import {languages, type Translated} from './lab.js';
import {type Problem, parseYamlText} from './format/yaml-text.js';

/** labs/course.yaml: the ordered registry of labs. */
export interface Course {
	readonly chapters: readonly Chapter[];
	/** Ids of all labs, in order. */
	readonly labs: readonly string[];
}

export interface Chapter {
	readonly id: string;
	readonly title: Translated;
	readonly labs: readonly string[];
}

const shape = object('the course', {
	chapters: required(
		list(
			'chapters in order',
			object('a chapter', {
				id: required(text('short name')),
				title: required(object('title', Object.fromEntries(languages.map(language => [language, required(text(`title (${language})`))])))),
				labs: required(list('ids of its labs, in order', text('id of a lab'))),
			}),
			1,
		),
	),
});

export function loadCourse(source: string, file: string): {course?: Course; problems: readonly Problem[]} {
	const yaml = parseYamlText(file, source);
	const problems = yaml.problems.length > 0 ? yaml.problems : validate(yaml.value, shape).map(mistake => yaml.locate(mistake));
	if (problems.length > 0) return {problems};
	const {chapters} = yaml.value as {chapters: Chapter[]};
	return {course: {chapters, labs: chapters.flatMap(chapter => chapter.labs)}, problems};
}
