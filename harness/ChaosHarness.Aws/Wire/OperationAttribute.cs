namespace ChaosHarness.Aws.Wire;

/// <summary>The operation that a request asks for.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OperationAttribute(string name, string method, string uri) : Attribute
{
    public string Name => name;

    public string Method => method;

    /// <summary>The path, with members in braces.</summary>
    public string Uri => uri;
}
