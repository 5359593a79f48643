/* Chosen files become part of the form as texts, so that the preview still has them when the applications are made. */
Behaviour.specify(".gitops-import-files", "gitops-import-files", 0, (chooser) => {
  const list = chooser.form.querySelector(".gitops-import-list");

  const add = (name, text) => {
    const item = document.createElement("li");
    const label = document.createElement("span");
    label.textContent = name;
    const nameField = document.createElement("input");
    nameField.type = "hidden";
    nameField.name = "fileName";
    nameField.value = name;
    const textField = document.createElement("textarea");
    textField.hidden = true;
    textField.name = "fileText";
    textField.value = text;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "jenkins-button jenkins-button--tertiary gitops-import-remove";
    remove.textContent = list.dataset.remove;
    item.append(label, nameField, textField, remove);
    list.append(item);
  };

  chooser.addEventListener("change", () => {
    const files = Array.from(chooser.files);
    Promise.all(files.map((file) => file.text())).then((texts) => {
      texts.forEach((text, i) => add(files[i].name, text));
      chooser.value = "";
    });
  });

  list.addEventListener("click", (event) => {
    const remove = event.target.closest(".gitops-import-remove");
    if (remove) {
      remove.closest("li").remove();
    }
  });
});
