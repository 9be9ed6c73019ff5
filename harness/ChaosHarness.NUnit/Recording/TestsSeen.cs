using System.Runtime.CompilerServices;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Recording;

/// <summary>The tests that recorded themselves; all others that should have run left nothing.</summary>
internal static class TestsSeen
{
    private static readonly ConditionalWeakTable<ITest, object> Seen = [];

    public static void Add(ITest test) => Seen.AddOrUpdate(test, test);

    public static bool Contains(ITest test) => Seen.TryGetValue(test, out _);
}
