import { connect } from "/ui/frame/1/talka.js";

const desk = await connect();
const show = () => {
  const { rest, search, scopes } = desk.context;
  document.getElementById("says").textContent = `Foreign page at ${rest.join("/")}${search} with ${scopes.join(", ")}`;
};
desk.addEventListener("context", show);
show();
