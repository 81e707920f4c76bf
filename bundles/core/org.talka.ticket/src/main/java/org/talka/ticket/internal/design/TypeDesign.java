/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.design;

import java.util.List;
import java.util.Map;
import org.talka.api.ticket.FormSection;
import org.talka.api.ticket.TicketTypeDefinition;

/**
 * What an administrator says of a ticket type: one of the desk's own, or one that a bundle
 * declares.
 *
 * @param own whether the type is the desk's own; its workflow has the type's key
 * @param prefix of an own type's numbers; null for others
 * @param icon of an own type; null for others
 * @param portal whether requesters may create it; null for what its bundle says
 * @param retired whether no new ticket of it can be made
 * @param form empty for the one that its bundle gives
 * @param portalForm empty for the one that its bundle gives
 * @param baseForm the bundle's form when this one was made, so that what a later version of the
 *     bundle adds is noticed
 */
public record TypeDesign(
    String key,
    boolean own,
    String prefix,
    String icon,
    Boolean portal,
    boolean retired,
    Map<String, String> names,
    Map<String, String> plurals,
    List<SectionDesign> form,
    List<SectionDesign> portalForm,
    List<FormSection> baseForm,
    List<FormSection> basePortalForm) {

  public TypeDesign {
    names = names == null ? Map.of() : Map.copyOf(names);
    plurals = plurals == null ? Map.of() : Map.copyOf(plurals);
    form = form == null ? List.of() : List.copyOf(form);
    portalForm = portalForm == null ? List.of() : List.copyOf(portalForm);
    baseForm = baseForm == null ? List.of() : List.copyOf(baseForm);
    basePortalForm = basePortalForm == null ? List.of() : List.copyOf(basePortalForm);
  }

  /** Of a type that a bundle declares: nothing said yet. */
  public static TypeDesign over(String key) {
    return new TypeDesign(
        key, false, null, null, null, false, Map.of(), Map.of(), List.of(), List.of(), List.of(),
        List.of());
  }

  public TypeDesign withForm(List<SectionDesign> sections, List<FormSection> base) {
    return new TypeDesign(
        key,
        own,
        prefix,
        icon,
        portal,
        retired,
        names,
        plurals,
        sections,
        portalForm,
        base,
        basePortalForm);
  }

  public TypeDesign withPortalForm(List<SectionDesign> sections, List<FormSection> base) {
    return new TypeDesign(
        key, own, prefix, icon, portal, retired, names, plurals, form, sections, baseForm, base);
  }

  /** An own type as a bundle would declare it. */
  public TicketTypeDefinition definition() {
    return new TicketTypeDefinition(
        key,
        prefix,
        icon,
        key,
        Boolean.TRUE.equals(portal) && !retired,
        sections(form),
        sections(portalForm));
  }

  /** A declared type with what is said of it. */
  public TicketTypeDefinition over(TicketTypeDefinition declared) {
    return new TicketTypeDefinition(
        declared.key(),
        declared.prefix(),
        declared.icon(),
        declared.workflow(),
        (portal == null ? declared.portal() : portal) && !retired,
        FormMerge.over(form, baseForm, declared.form()),
        FormMerge.over(portalForm, basePortalForm, declared.portalForm()));
  }

  private static List<FormSection> sections(List<SectionDesign> design) {
    return design.stream().map(SectionDesign::section).toList();
  }
}
