/** Names the pages of takes to VS Code, which brings them back by it when a window is loaded anew. */
export const takePageType = 'auteur.take';
