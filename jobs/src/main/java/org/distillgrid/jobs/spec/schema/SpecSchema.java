package org.distillgrid.jobs.spec.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.binding.KeyDefaults;

/**
 * Writes the JSON Schema (draft 07, which editors' servers for YAML know) of specs from the keys
 * themselves and from what is registered. It accepts what the reader accepts of each key by itself;
 * what keys must have in common, and whether files are there, {@code plan} tells.
 */
public final class SpecSchema {
  private static final String DRAFT = "http://json-schema.org/draft-07/schema#";

  private SpecSchema() {}

  /** Returns the schema of specs that may name what the catalog has. */
  public static ObjectNode of(Catalog catalog) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", DRAFT);
    schema.put("title", "The spec of a run of distill-grid");
    schema.setAll(KeySchemas.record(RunSpec.class, KeyDefaults.OWN));
    schema.set(NameSchemas.DEFINITIONS, new NameSchemas(catalog).definitions());
    return schema;
  }

  /** Returns the schema as indented text. */
  public static String text(Catalog catalog) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    printer.indentObjectsWith(lines);
    printer.indentArraysWith(lines);
    try {
      return JsonMapper.builder().build().writer(printer).writeValueAsString(of(catalog)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of text and numbers has a JSON form", e);
    }
  }
}
