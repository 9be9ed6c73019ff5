namespace ChaosHarness.Aws.Templates.Reading;

/// <summary>A member of an object of JSON.</summary>
/// <param name="Name">Its name.</param>
/// <param name="At">Where its name begins in the text.</param>
/// <param name="Value">Its value.</param>
internal sealed record TextMember(string Name, int At, TextNode Value);
