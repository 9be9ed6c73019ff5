using System.Text.Json;

namespace ChaosHarness.Aws.Templates.Reading;

/// <summary>Recognises what else experiments are written in, and says what to do with it.</summary>
internal static class OtherFormats
{
    private const string CloudFormationType = "AWS::FIS::ExperimentTemplate";
    private const string TerraformType = "aws_fis_experiment_template";
    private const string Instead = "Deploy it, and give its id (account.Experiment(\"EXT...\")), or read what `aws fis get-experiment-template --id EXT...` prints";
    private static readonly string[] Pascal = ["Description", "RoleArn", "Targets", "Actions", "StopConditions"];

    /// <summary>What a text is that is no JSON at all; null when it may be.</summary>
    public static (int At, string What)? Find(string text)
    {
        var start = text.Length - text.AsSpan().TrimStart().Length;
        if (start == text.Length)
        {
            return (0, "there is nothing in it");
        }

        if (text[start] is '{' or '[' or '"')
        {
            return null;
        }

        if (text.IndexOf(CloudFormationType, StringComparison.Ordinal) is var formation && formation >= 0)
        {
            return (formation, $"this is a template of CloudFormation in YAML, and no request of FIS. {Instead}");
        }

        if (text.IndexOf(TerraformType, StringComparison.Ordinal) is var terraform && terraform >= 0)
        {
            return (terraform, $"this is a configuration of Terraform, and no request of FIS. {Instead}");
        }

        return LooksLikeYaml(text.AsSpan(start)) ? (start, "this is YAML, and no JSON. Convert it: the AWS command line reads either, the harness reads JSON") : null;
    }

    /// <summary>What JSON is that is no request of FIS; null when it may be.</summary>
    public static (int At, string What)? Find(TextNode root)
    {
        if (root.Kind != JsonTokenType.StartObject)
        {
            return (root.At, $"an experiment template is an object, and this is {root.Name}{(root.Items is [_, ..] ? ". Put each template into a file of its own" : "")}");
        }

        if (CloudFormation(root) is { } formation)
        {
            return (formation, $"this is a template of CloudFormation, and no request of FIS: its members have other names. {Instead}");
        }

        return Pascal.Count(name => root.Members.Exists(member => member.Name == name)) >= 2
            ? (root.Members.First(member => Pascal.Contains(member.Name)).At, $"these are the properties of CloudFormation, and no request of FIS: its members begin with small letters. {Instead}")
            : null;
    }

    private static int? CloudFormation(TextNode root)
    {
        foreach (var resource in Member(root, "Resources")?.Members.Select(member => member.Value).Append(root) ?? [root])
        {
            if (Member(resource, "Type") is { Value: CloudFormationType } type)
            {
                return type.At;
            }
        }

        return root.Members.Find(member => member.Name is "AWSTemplateFormatVersion" or "Resources")?.At;
    }

    private static TextNode? Member(TextNode node, string name) => node.Members.Find(member => member.Name == name)?.Value;

    private static bool LooksLikeYaml(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("---") || text.StartsWith("- "))
        {
            return true;
        }

        var name = 0;
        while (name < text.Length && (char.IsLetterOrDigit(text[name]) || text[name] is '_' or '-' or '.'))
        {
            name++;
        }

        return text[0] == '#' || (name > 0 && name < text.Length && text[name] == ':' && (name + 1 == text.Length || char.IsWhiteSpace(text[name + 1])));
    }
}
