using System.Text;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Tests;

/// <summary>Listens to what tests write as errors while they run.</summary>
internal sealed class HeardOutput : ITestListener
{
    private readonly StringBuilder _errors = new();

    public string Errors => _errors.ToString();

    public void TestOutput(TestOutput output)
    {
        if (output.Stream == "Error")
        {
            _errors.Append(output.Text);
        }
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
