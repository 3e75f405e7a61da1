/** The file that marks a folder as an Auteur project. */
export const markerFile = '.auteur/project.schema.json';
