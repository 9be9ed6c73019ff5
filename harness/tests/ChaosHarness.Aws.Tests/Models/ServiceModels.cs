using System.Text.Json;

namespace ChaosHarness.Aws.Tests.Models;

/// <summary>
/// The service models that AWS publishes: those in the folder that <c>CHAOSHARNESS_AWS_MODELS</c> names, called <c>fis.json</c> and so on; else
/// those that come with the AWS command line, which may be older and then know less.
/// </summary>
internal static class ServiceModels
{
    private const string Variable = "CHAOSHARNESS_AWS_MODELS";
    private const string CommandLine = "/usr/lib/python3/dist-packages/awscli/botocore/data";

    public static JsonElement Load(string service)
    {
        var path = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
            ? Path.Combine(folder, service + ".json")
            : Directory.Exists(Path.Combine(CommandLine, service))
                ? Path.Combine(Directory.EnumerateDirectories(Path.Combine(CommandLine, service)).Order(StringComparer.Ordinal).Last(), "service-2.json")
                : null;
        if (path is null || !File.Exists(path))
        {
            Assert.Inconclusive($"There is no model of {service}: install the package awscli, or name a folder of models in {Variable}.");
        }

        return JsonDocument.Parse(File.ReadAllText(path!)).RootElement;
    }
}
