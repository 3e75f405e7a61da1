"""FLUX as a pipeline of Auteur."""
