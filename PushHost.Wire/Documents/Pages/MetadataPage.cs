using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PushHost.Wire;

/// <summary>The page that lists every operation for people: what it does, who may, where, with which members, and an example of it all.</summary>
internal sealed partial class MetadataPage(ApiModel model, DocumentOptions options, WireJson json)
{
    private readonly ApiExamples _examples = new(model);
    private readonly JsonSerializerOptions _indented = new(json.WriteOptions) { WriteIndented = true };
    private readonly StringBuilder _html = new();

    public byte[] Write()
    {
        var tags = model.Operations.GroupBy(ApiModel.TagOf).OrderBy(group => options.Tags.IndexOf(group.Key)).ToList();
        Add($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(options.Title)}: operations</title>
            <style>{PageStyle.Css}</style>
            </head>
            <body>
            <header><h1>{Text(options.Title)} <small>{Text(options.Version)}</small></h1>
            <p>Try them in <a href="docs">the interactive page</a>, or take <a href="openapi/v1.json">the OpenAPI document</a>
            or the types for <a href="types/csharp">C#</a> and <a href="types/typescript">TypeScript</a>.</p></header>
            <nav>
            """);
        foreach (var tag in tags)
            Add($"<h2>{Text(tag.Key)}</h2><ul>{string.Concat(tag.Select(operation => $"<li><a href=\"#{operation.Name}\">{operation.Name}</a></li>"))}</ul>\n");
        Add("</nav>\n<main>\n");
        foreach (var tag in tags)
        {
            Add($"<h2>{Text(tag.Key)}</h2>\n");
            if (options.Tags.TryGetValue(tag.Key, out var purpose))
                Add($"<p>{Marked(purpose)}</p>\n");
            foreach (var operation in tag)
                AddOperation(operation);
        }
        Add("</main>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(_html.ToString());
    }

    private void AddOperation(Operation operation)
    {
        var request = model.TypeOf(operation.Request);
        Add($"<section id=\"{operation.Name}\">\n<h3><a href=\"#{operation.Name}\">{operation.Name}</a></h3>\n<p>{Marked(request.Summary?.Markdown)}</p>\n");
        if (request.Remarks is { } remarks)
            Add($"<p>{Marked(remarks.Markdown)}</p>\n");
        Add($"<p class=\"routes\">{string.Join("<br>", operation.Routes.SelectMany(route => route.Verbs.Select(verb => $"<b>{verb}</b> <code>{Text(route.Template)}</code>")))}</p>\n");
        Add($"<p>{Scopes(operation)} Typed clients: <code>/api/{operation.Name}</code>, <code>/json/reply/{operation.Name}</code>.</p>\n");
        AddMembers(request);
        foreach (var route in operation.Routes)
            foreach (var example in _examples.Of(operation, route).Take(1))
                Add($"<h4>Request{(example.Title is null ? "" : $": {Text(example.Title)}")}</h4>\n<pre>{Text(RequestText(operation, route, example))}</pre>\n");
        foreach (var raw in request.Examples.Where(example => example.ContentType is not null))
            Add($"<h4>Body: {Text(raw.ContentType!)}</h4>\n<pre>{Text(raw.Text)}</pre>\n");
        AddAnswer(operation, request);
        Add("</section>\n");
    }

    private static string Scopes(Operation operation) => operation.Scopes is { Count: > 0 } scopes
        ? $"Scope: {string.Join(" or ", scopes.Select(scope => $"<code>{Text(scope)}</code>"))}."
        : "Any credential.";

    private void AddMembers(ApiType request)
    {
        var members = request.AllMembers.ToList();
        if (members.Count == 0)
            return;
        Add("<details><summary>Members</summary><table>\n");
        foreach (var member in members)
        {
            Add($"<tr><td><code>{Text(member.Name)}</code></td><td>{Text(TypeScriptTypes.NameOf(member.Type))}{(request.Requires(member) ? "<br><b>required</b>" : "")}</td>"
                + $"<td>{Marked(member.Summary?.Markdown)}</td></tr>\n");
        }
        Add("</table></details>\n");
    }

    private void AddAnswer(Operation operation, ApiType request)
    {
        var statuses = string.Join(" or ", operation.Successes().Select(success => string.Create(CultureInfo.InvariantCulture, $"{success.Status}")));
        foreach (var raw in request.AnswerExamples)
            Add($"<h4>Answer: {statuses}, {Text(raw.ContentType!)}</h4>\n<pre>{Text(raw.Text)}</pre>\n");
        if (operation.AnswersRaw())
            return;
        var answer = operation.Response is { } response ? _examples.OfAnswer(TypeRef.Of(response)) : null;
        Add($"<h4>Answer: {statuses}</h4>\n{(answer is null ? "" : $"<pre>{Text(answer.ToJsonString(_indented))}</pre>\n")}");
    }

    private string RequestText(Operation operation, OperationRoute route, ApiExample example)
    {
        var inPath = model.InPath(operation, route);
        var path = model.Path(operation, route, member => Uri.EscapeDataString(example.Json[member.Name]!.ToString()));
        var rest = example.Json.DeepClone().AsObject();
        foreach (var member in inPath)
            rest.Remove(member.Name);
        if (OperationAnswers.HasBody(route.Verbs[0]))
            return $"{route.Verbs[0]} {path}\n\n{rest.ToJsonString(_indented)}";
        var query = string.Join('&', rest.Select(member => $"{member.Key}={Uri.EscapeDataString(QueryText(member.Value!))}"));
        return $"{route.Verbs[0]} {path}{(query.Length > 0 ? "?" : "")}{query}";
    }

    private static string QueryText(JsonNode value) => value is JsonArray list ? string.Join(',', list.Select(entry => entry!.ToString())) : value.ToString();

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);

    private static string Marked(string? markdown) => markdown is null ? "" : Code().Replace(Text(markdown), "<code>$1</code>");

    private void Add(string html) => _html.Append(html);

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Code();
}
