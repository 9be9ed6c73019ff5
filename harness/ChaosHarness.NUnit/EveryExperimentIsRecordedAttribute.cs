using System.Reflection;
using ChaosHarness.Live;
using ChaosHarness.NUnit.Identities;
using ChaosHarness.NUnit.Live;
using ChaosHarness.NUnit.Recording;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace ChaosHarness.NUnit;

/// <summary>
/// Sees to it that an experiment whose test never came to run leaves a record that says so: one whose fixture could not be made or set up, or that is put
/// together wrongly; and that a fixture which could not be torn down leaves one too. The build puts it into each assembly that refers to this package.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class EveryExperimentIsRecordedAttribute : Attribute, ITestAction
{
    /// <inheritdoc/>
    public ActionTargets Targets => ActionTargets.Suite;

    /// <inheritdoc/>
    public void BeforeTest(ITest test)
    {
        // What never ran is known in the end only; who watches wants to know before what there is.
        if (test is TestAssembly { Assembly: { } assembly } && Environment.GetEnvironmentVariable(LiveFeed.Variable) is { Length: > 0 } file)
        {
            new LiveFeed(file).Write(IdsOfAssembly.Of(assembly).All);
        }
    }

    /// <inheritdoc/>
    public void AfterTest(ITest test)
    {
        var result = TestExecutionContext.CurrentContext.CurrentResult;
        if (result.Test is TestAssembly)
        {
            NeverRan.Record(result);
            foreach (var line in SessionEnd.Lines())
            {
                TestContext.Progress.WriteLine(line);
            }
        }
    }

    internal static string? ProblemOf(Assembly assembly) => assembly.IsDefined(typeof(EveryExperimentIsRecordedAttribute))
        ? null
        : $"{assembly.GetName().Name} does not say [assembly: EveryExperimentIsRecorded], which the package's build props put in: an experiment whose fixture fails would leave no record. Import them, or say it.";
}
