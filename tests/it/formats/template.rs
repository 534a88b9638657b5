//! What `drift new` begins with can be read, and passes its own schema.

use super::{problems, read};
use drift::formats::{SCHEMA_NAMES, TemplateValues, template};

#[test]
fn templates_are_read_without_a_problem() {
    let texts: Vec<_> = SCHEMA_NAMES
        .iter()
        .map(|name| (*name, template(name, &TemplateValues::default()).unwrap()))
        .collect();
    let inputs: Vec<_> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let plan = read(&inputs);
    assert_eq!(problems(&plan), "");
    assert_eq!(
        (plan.lanes.len(), plan.units.len(), plan.lanes[0].tests.len()),
        (1, 2, 1)
    );
}

#[test]
fn values_take_the_place_of_the_placeholders_whatever_they_hold() {
    let values = TemplateValues {
        slug: Some("add-login".into()),
        goal: Some("Say \"hello\"\n\", \"dangerMode\": true, \"".into()),
        base_ref: Some("origin/main".into()),
    };
    let plan = read(&[("intent.json", &template("intent", &values).unwrap())]);
    assert_eq!(problems(&plan), "");
    let lane = &plan.lanes[0];
    assert_eq!(lane.goal.as_ref().unwrap().value, values.goal.unwrap());
    assert_eq!((lane.name.as_str(), lane.danger_mode), ("add-login", false));
    assert_eq!(lane.base_ref.as_deref(), Some("origin/main"));
}

#[test]
fn filled_templates_keep_the_order_of_their_fields() {
    let text = template("intent", &TemplateValues::default()).unwrap();
    assert_eq!(text, include_str!("../../../templates/intent.json"));
}

#[test]
fn there_is_no_template_of_what_people_do_not_write() {
    assert_eq!(template("run_report", &TemplateValues::default()), None);
}
