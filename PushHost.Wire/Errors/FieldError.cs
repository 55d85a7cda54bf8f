namespace PushHost.Wire;

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="ErrorCode">A word that programs decide by, such as <c>NotEmpty</c>, <c>Length</c> or <c>InvalidType</c>.</param>
/// <param name="FieldName">The field's camelCase path, such as <c>message.badge</c> or <c>to.ids[2]</c>.</param>
/// <param name="Message">A sentence for people that names the field, what was wrong and what would be right.</param>
public sealed record FieldError(string ErrorCode, string FieldName, string Message);
