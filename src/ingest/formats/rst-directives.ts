// Says what each of reStructuredText's directives shows, Sphinx's and its common extensions' included.

/** Their content is code. */
export const CODE_DIRECTIVES =
  /^(?:code|code-block|sourcecode|code-cell|parsed-literal|console|prompt|ipython|doctest|testcode|testoutput|productionlist|math|graphviz|mermaid|uml)$/;
/** They place something that is not here, or say something to a program. */
export const HIDDEN_DIRECTIVES =
  /^(?:toctree|contents|include|literalinclude|raw|index|meta|highlight|default-role|sectionauthor|codeauthor|module|currentmodule|image|video|youtube|plot|sectnum|target-notes|title|tabularcolumns|testsetup|testcleanup|auto\w*|py:module|py:currentmodule|bibliography|comment)$/;
export const TAB_DIRECTIVES = /^(?:tab|tab-item|group-tab|code-tab)$/;
export const NOTE_DIRECTIVES =
  /^(?:note|warning|tip|important|caution|danger|attention|hint|error|seealso|todo|admonition|versionadded|versionchanged|versionremoved|deprecated)$/;
/** Their argument stands above what they hold. */
export const LABEL_DIRECTIVES =
  /^(?:topic|sidebar|dropdown|details|collapse|card|grid-item-card|describe|object|option|cmdoption|envvar|confval|setting|function|class|method|attribute|data|exception|decorator|(?:py|c|cpp|js|rst|http):.*)$/;
