#include <libxml/xmlversion.h>
// Debian's libxml2 converts encodings with ICU, and its headers would include those of ICU, which are not the ones that
// Foundation brings: the two cannot meet in one module. Only members that XMLTree never touches depend on it.
#undef LIBXML_ICU_ENABLED
// The parser with its SAX2 interface and the validator are all that XMLTree needs. Nothing there is variadic or a macro.
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>
#include <libxml/uri.h>
