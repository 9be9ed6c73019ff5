using System.Text;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Tests;

/// <summary>Listens to what tests write while they run, as errors and to be seen at once.</summary>
internal sealed class HeardOutput : ITestListener
{
    private readonly StringBuilder _errors = new();
    private readonly StringBuilder _progress = new();

    public string Errors => _errors.ToString();

    public string Progress => _progress.ToString();

    public void TestOutput(TestOutput output)
    {
        (output.Stream switch { "Error" => _errors, "Progress" => _progress, _ => null })?.Append(output.Text);
    }

    public void TestStarted(ITest test)
    {
        // Only what is written matters here.
    }

    public void TestFinished(ITestResult result)
    {
        // Only what is written matters here.
    }

    public void SendMessage(TestMessage message)
    {
        // Only what is written matters here.
    }
}
