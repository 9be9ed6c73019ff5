namespace ChaosHarness.Aws.Wire;

/// <summary>The error that an exception stands for.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class ErrorAttribute(string code, int status) : Attribute
{
    public string Code => code;

    public int Status => status;
}
