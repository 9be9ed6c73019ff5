using System.Runtime.CompilerServices;
using NUnit.Framework.Internal;

namespace ChaosHarness.NUnit;

/// <summary>Puts a token in the place of NUnit's own, which tests take as a parameter or ask for.</summary>
internal static class TokenOfTest
{
    /// <summary>Sets it. With an NUnit that has moved it, tests keep NUnit's own, for which waiting for a system counts as well; their runs are not concerned.</summary>
    public static void Set(TestExecutionContext context, CancellationToken token)
    {
        try
        {
            SetToken(context, token);
        }
        catch (MissingMethodException)
        {
            // NUnit means nobody but itself to set it.
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_CancellationToken")]
    private static extern void SetToken(TestExecutionContext context, CancellationToken token);
}
