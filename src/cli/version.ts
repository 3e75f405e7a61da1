declare const __AUTEUR_VERSION__: string;

export const version = __AUTEUR_VERSION__;
