using System.Reflection;
using System.Reflection.Emit;

namespace KubePrep.ModuleTests;

/// <summary>Reads which methods a method uses.</summary>
internal static class MethodCalls
{
    private const BindingFlags Any =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>
    /// All methods that PowerShell's calls of a cmdlet can lead to: those of the module, and those that these call elsewhere.
    /// </summary>
    public static HashSet<MethodBase> ReachedBy(Type cmdlet)
    {
        HashSet<MethodBase> reached = [];
        var next = new Stack<MethodBase>(OverridesOf(cmdlet));
        while (next.TryPop(out var method))
        {
            if (reached.Add(method) && method.Module == cmdlet.Module)
            {
                foreach (var called in CalledBy(method).Select(called => OverrideIn(cmdlet, called)))
                {
                    next.Push(called);
                }
            }
        }

        return reached;
    }

    /// <summary>The types with a method that calls another type's method of a name.</summary>
    public static IEnumerable<Type> CallersOf(Assembly assembly, Type type, string name) => assembly.GetTypes()
        .Where(caller => caller.GetMethods(Any).Cast<MethodBase>().Concat(caller.GetConstructors(Any))
            .SelectMany(CalledBy)
            .Any(called => called.DeclaringType == type && called.Name == name));

    /// <summary>The most derived method that a cmdlet has in place of one.</summary>
    private static MethodBase OverrideIn(Type cmdlet, MethodBase method) =>
        method is MethodInfo { IsVirtual: true, DeclaringType: { IsInterface: false } type } called && type.IsAssignableFrom(cmdlet)
            ? AllMethods(cmdlet).First(candidate => candidate.GetBaseDefinition() == called.GetBaseDefinition())
            : method;

    /// <summary>What the cmdlet has in place of PowerShell's own methods.</summary>
    private static IEnumerable<MethodInfo> OverridesOf(Type cmdlet) =>
        AllMethods(cmdlet).Where(method => method.Module == cmdlet.Module && method.GetBaseDefinition().Module != cmdlet.Module);

    private static IEnumerable<MethodInfo> AllMethods(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (var method in type.GetMethods(Any))
            {
                yield return method;
            }
        }
    }

    private static IEnumerable<MethodBase> CalledBy(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var i = 0; i < code.Length;)
        {
            var instruction = code[i] == 0xFE ? OpCodes[(short)(code[i] << 8 | code[i + 1])] : OpCodes[code[i]];
            i += instruction.Size;
            if (instruction.OperandType == OperandType.InlineMethod)
            {
                yield return method.Module.ResolveMethod(BitConverter.ToInt32(code, i), ofType, ofMethod)!;
            }

            i += OperandSize(instruction, code, i);
        }
    }

    private static int OperandSize(OpCode instruction, byte[] code, int at) => instruction.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
        _ => 4,
    };
}
