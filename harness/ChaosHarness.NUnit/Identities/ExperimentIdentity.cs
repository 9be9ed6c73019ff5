using System.Reflection;
using ChaosHarness.Experiments;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Identities;

/// <summary>Which experiment a test is, from run to run: its id, and what it runs with, by name. What it is called changes nothing.</summary>
/// <param name="Id">Of the attribute, or the fixture's type and the method.</param>
/// <param name="Parameters">The type arguments, the fixture's arguments and the method's.</param>
internal sealed record ExperimentIdentity(string Id, IReadOnlyList<TestParameter> Parameters)
{
    /// <summary>Why the history of the test cannot be told from others; null when it can.</summary>
    public string? Problem => Parameters.FirstOrDefault(parameter => parameter.Text is null) is { } parameter
        ? $"The value of '{parameter.Name}' reads as its type, {parameter.Value!.GetType()}, in every run, so that its history could not be told from others. Override ToString() of that type, or pass a text and look the object up in the test."
        : null;

    /// <summary>The parameters as a record has them.</summary>
    public IReadOnlyDictionary<string, string> Texts => Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Text ?? "", StringComparer.Ordinal);

    public static ExperimentIdentity Of(ITest test, ExperimentAttribute experiment)
    {
        var fixture = test.TypeInfo!.Type;
        var parameters = new List<TestParameter>();
        foreach (var (name, value) in TypeArguments(fixture).Concat(FixtureArguments(test, fixture)).Concat(MethodArguments(test)))
        {
            var isTaken = parameters.Any(parameter => parameter.Name == name);
            parameters.Add(new TestParameter(isTaken ? $"{test.MethodName}.{name}" : name, value));
        }

        return new ExperimentIdentity(experiment.Id ?? DefaultId(fixture, test.Method!.MethodInfo), parameters);
    }

    /// <summary>The id of an experiment that names none.</summary>
    public static string DefaultId(Type fixture, MethodInfo method) => $"{Definition(fixture).FullName}.{method.Name}";

    /// <summary>Why the values of a method's parameters can never be told apart; null when they can.</summary>
    public static string? ProblemOf(MethodInfo method) => method.GetParameters().FirstOrDefault(parameter => parameter.IsDefined(typeof(RandomAttribute), inherit: false)) is { } random
        ? $"[Random] gives '{random.Name}' other values in each run, and each would be a history of its own. Name the values with [Values], or draw them in the test from Seed."
        : null;

    private static Type Definition(Type type) => type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;

    private static IEnumerable<(string Name, object? Value)> TypeArguments(Type type) => type.IsConstructedGenericType
        ? type.GetGenericTypeDefinition().GetGenericArguments().Zip(type.GetGenericArguments(), (parameter, argument) => (parameter.Name, (object?)argument))
        : [];

    private static IEnumerable<(string Name, object? Value)> FixtureArguments(ITest test, Type type)
    {
        var arguments = FixtureOf(test)?.Arguments ?? [];
        var parameters = type.GetConstructors()
            .Select(constructor => constructor.GetParameters())
            .Where(candidate => candidate.Length == arguments.Length)
            .OrderByDescending(candidate => candidate.Zip(arguments).Count(pair => pair.First.ParameterType.IsInstanceOfType(pair.Second)))
            .FirstOrDefault() ?? [];
        return arguments.Select((argument, i) => (i < parameters.Length ? parameters[i].Name! : $"argument {i + 1} of the fixture", argument));
    }

    private static IEnumerable<(string Name, object? Value)> MethodArguments(ITest test)
    {
        var method = test.Method!.MethodInfo;
        var types = method is { IsGenericMethod: true, IsGenericMethodDefinition: false }
            ? method.GetGenericMethodDefinition().GetGenericArguments().Zip(method.GetGenericArguments(), (parameter, argument) => (parameter.Name, (object?)argument))
            : [];
        // A token is how the test is ended, not what it runs with.
        var values = method.GetParameters().Zip(test.Arguments)
            .Where(pair => pair.First.ParameterType != typeof(CancellationToken))
            .Select(pair => (pair.First.Name!, pair.Second is Missing ? pair.First.DefaultValue : pair.Second));
        return types.Concat(values);
    }

    private static ITest? FixtureOf(ITest? test)
    {
        while (test is not null and not global::NUnit.Framework.Internal.TestFixture)
        {
            test = test.Parent;
        }

        return test;
    }
}
